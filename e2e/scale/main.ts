import { survive } from './sleepers.ts';
import { freezeWorker, killWorker, loseStores } from './trials.ts';

/**
 * `npm run crash-scale [-- runs [sleepers]]`: the long form of `scale.test.ts`. Two workers under `kill -9`, SIGSTOP and lost stores with a
 * thousand mixed runs each; then a hundred thousand runs that sleep through a restart of everything.
 */
const [runs = 1_000, sleepers = 100_000] = process.argv.slice(2).map(Number);
const progress = (text: string): void => console.log(`  ${text}`);
const withoutFence = 'e2e/scale/without-fence.ts';

console.log('kill -9 of one of two workers');
const killed = await killWorker({ runs, progress });
console.log('SIGSTOP of one of two workers for 15 s');
const frozen = await freezeWorker({ runs, frozenMs: 15_000, progress });
console.log('the same with its fence taken off');
const unfenced = await freezeWorker({ runs, frozenMs: 15_000, program: withoutFence, progress });
console.log('Redis wiped and killed, PostgreSQL killed');
const lost = await loseStores({ runs, progress });
console.log('sleepers through a restart of everything');
const slept = sleepers === 0 ? undefined : await survive({ sleepers, overMs: sleepers * 2, spareMs: 30_000, progress });

const { takeoversMs, ...killedVerdict } = killed;
console.log(
  JSON.stringify({ killed: { ...killedVerdict, lastTakeoverMs: takeoversMs.at(-1) }, frozen, lost, slept }, null, 2),
);
console.log(
  `without the fence: ${unfenced.staleRecords} stale records, ${unfenced.repeatedRecorded.length} recorded calls repeated`,
);

const checks: readonly (readonly [string, boolean])[] = [
  ...[killed, frozen, lost].flatMap((verdict) => [
    ['every run was finished', verdict.lost.length + verdict.incomplete.length === 0] as const,
    [
      'no recorded action was repeated',
      verdict.repeatedRecorded.length + verdict.repeatedSilently.length === 0,
    ] as const,
    ['no stale record was accepted', verdict.staleRecords === 0] as const,
  ]),
  ['every run of the killed worker was taken over', takeoversMs.length === killed.heldByKilled],
  ['within 8 s', (takeoversMs.at(-1) ?? 0) < 8_000],
  ['without the fence stale records are accepted', unfenced.staleRecords > 0],
  ['every sleeper woke, once', slept === undefined || (slept.finished === sleepers && slept.wokenTwice === 0)],
];
const failed = checks.filter(([, isGood]) => !isGood).map(([name]) => name);
for (const name of failed) console.log(`failed: ${name}`);
console.log(`${checks.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;
