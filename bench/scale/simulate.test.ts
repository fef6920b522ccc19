import { expect, it } from 'vitest';
import { mostRuns, simulate } from './simulate.ts';

const times = { webMs: 0.0001, workerMs: 1, postgresMs: 0.0001, redisMs: 0.0001 };

it('keeps up with what its workers can do, and is as busy as the load says', () => {
  const { throughput, busy } = simulate({
    times,
    workers: 8,
    postgresCores: 8,
    redisServers: 1,
    handsOver: true,
    rate: 4_000,
    runs: 40_000,
  });
  expect([Math.round(throughput / 400), Math.round(busy.worker * 10)]).toEqual([10, 5]);
});

it('has the mean stay of queueing theory where there is one server', () => {
  // M/M/1 with a load of one half: the median of an exponential stay of mean 2 ms; the two visits of a run make it a little less.
  const one = { ...times, workerMs: 0.0001, redisMs: 1 };
  const { p50Ms, busy } = simulate({
    times: one,
    workers: 8,
    postgresCores: 8,
    redisServers: 1,
    handsOver: true,
    rate: 500,
    runs: 60_000,
  });
  expect(busy.redis).toBeCloseTo(0.5, 1);
  expect(p50Ms).toBeGreaterThan(0.5);
  expect(p50Ms).toBeLessThan(3);
});

it('does no more than the narrowest part lets through', () => {
  const narrow = { ...times, postgresMs: 4 };
  const { throughput, busy } = simulate({
    times: narrow,
    workers: 64,
    postgresCores: 8,
    redisServers: 1,
    handsOver: true,
    rate: 10_000,
    runs: 20_000,
  });
  expect(throughput).toBeLessThan(2_100);
  expect(busy.postgres).toBeGreaterThan(0.95);
});

it('finds the most that goes through in time', () => {
  const { throughput, p99Ms } = mostRuns({
    times: { ...times, redisMs: 0.5 },
    workers: 8,
    postgresCores: 8,
    redisServers: 1,
    handsOver: true,
    runs: 30_000,
  });
  expect(Math.round(throughput / 200)).toBe(10);
  expect(p99Ms).toBeLessThan(1_000);
});
