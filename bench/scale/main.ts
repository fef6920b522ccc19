import { measureServiceTimes } from './service-times.ts';
import { type ServiceTimes, simulate } from './simulate.ts';

/**
 * `npm run simulate-scale [-- runs]`: measures what a run costs each part on this machine (unless a file of such figures is not wanted: pass 0
 * for those of `docs/scale.md`), then plays 8 to 64 workers.
 */
const documented: ServiceTimes = { webMs: 1, workerMs: 1.5, postgresMs: 1.5, redisMs: 0.25 };
const [runs = 3_000] = process.argv.slice(2).map(Number);
const times = runs === 0 ? documented : await measureServiceTimes(runs);
const rounded = (value: number): string => value.toFixed(2);
console.log(
  `CPU a run, ms: web ${rounded(times.webMs)}, worker ${rounded(times.workerMs)}, PostgreSQL ${rounded(times.postgresMs)}, Redis ${rounded(times.redisMs)}\n`,
);
console.log(
  '| workers | PostgreSQL cores | runs/s offered | runs/s done | p50 ms | p99 ms | worker busy | PostgreSQL busy | Redis busy |',
);
console.log('| --- | --- | --- | --- | --- | --- | --- | --- | --- |');
const percent = (share: number): string => `${Math.round(share * 100)} %`;
for (const workers of [8, 16, 32, 64]) {
  for (const postgresCores of [8, 16, 32]) {
    const rate = (0.7 * workers * 1_000) / times.workerMs;
    const { throughput, p50Ms, p99Ms, busy } = simulate({ times, workers, postgresCores, rate, runs: 50_000 });
    const cells = [
      workers,
      postgresCores,
      Math.round(rate),
      Math.round(throughput),
      p50Ms.toFixed(1),
      p99Ms.toFixed(1),
    ];
    console.log(`| ${[...cells, percent(busy.worker), percent(busy.postgres), percent(busy.redis)].join(' | ')} |`);
  }
}
