import { measureServiceTimes } from './service-times.ts';
import { mostRuns, type ServiceTimes } from './simulate.ts';

/**
 * `npm run simulate-scale [-- runs]`: measures what a run costs each part on this machine, or with 0 takes the figures of `docs/scale.md`; then
 * plays 8 to 64 workers.
 */
const documented: ServiceTimes = { webMs: 0.28, workerMs: 0.96, postgresMs: 0.81, redisMs: 0.28 };
const setUps = [
  { name: 'web and workers, one Redis, 16 cores', postgresCores: 16, redisServers: 1, handsOver: true },
  { name: 'both roles each, 16 cores', postgresCores: 16, redisServers: 1, handsOver: false },
  { name: 'web and workers, four shards of 16 cores', postgresCores: 64, redisServers: 4, handsOver: true },
];

const [runs = 3_000] = process.argv.slice(2).map(Number);
const times = runs === 0 ? documented : await measureServiceTimes(runs);
const ms = (value: number): string => value.toFixed(2);
console.log(
  `CPU a run, ms: web ${ms(times.webMs)}, worker ${ms(times.workerMs)}, PostgreSQL ${ms(times.postgresMs)}, Redis ${ms(times.redisMs)}\n`,
);
console.log('| workers | set-up | runs/s with p99 under 1 s | worker busy | PostgreSQL busy | Redis busy |');
console.log('| --- | --- | --- | --- | --- | --- |');
const percent = (share: number): string => `${Math.round(share * 100)} %`;
for (const workers of [8, 16, 32, 64]) {
  for (const { name, ...setUp } of setUps) {
    const { throughput, busy } = mostRuns({ ...setUp, times, workers, runs: 30_000 });
    const cells = [workers, name, Math.round(throughput / 10) * 10];
    console.log(`| ${[...cells, percent(busy.worker), percent(busy.postgres), percent(busy.redis)].join(' | ')} |`);
  }
}
