import type { Verdict } from './judge.ts';
import { survive } from './sleepers.ts';
import { freezeWorker, killWorker, loseStores } from './trials.ts';

/**
 * `npm run crash-scale [-- runs [sleepers]]`: the long form of `scale.test.ts`. Two workers under `kill -9`, SIGSTOP and lost stores with a
 * thousand mixed runs each; then a hundred thousand runs that sleep through a restart of everything. 0 leaves that part out.
 */
const [runs = 1_000, sleepers = 100_000] = process.argv.slice(2).map(Number);
const startedMs = Date.now();
const say = (text: string): void => console.log(`${Math.round((Date.now() - startedMs) / 1000)} s: ${text}`);
const progress = (text: string): void => say(`  ${text}`);

type Row = readonly [what: string, figure: string | number, isGood?: boolean];

const rows = [...(runs === 0 ? [] : await tryWorkers()), ...(sleepers === 0 ? [] : await trySleepers())];
console.log('\n| trial, two workers and a web process | today |\n| --- | --- |');
for (const [what, figure] of rows) console.log(`| ${what} | ${figure} |`);
say('done');
const checks = rows.flatMap(([what, figure, isGood]) => (isGood === undefined ? [] : [{ what, figure, isGood }]));
const failed = checks.filter(({ isGood }) => !isGood);
for (const { what, figure } of failed) console.log(`failed: ${what}: ${figure}`);
console.log(`${checks.length - failed.length} passed, ${failed.length} failed`);
process.exitCode = failed.length === 0 ? 0 : 1;

async function tryWorkers(): Promise<readonly Row[]> {
  say('kill -9 of one of two workers');
  const killed = await killWorker({ runs, progress });
  say('SIGSTOP of one of two workers for 15 s');
  const frozen = await freezeWorker({ runs, frozenMs: 15_000, progress });
  say('the same with its fence taken off');
  const program = 'e2e/scale/without-fence.ts';
  const unfenced = await freezeWorker({ runs, frozenMs: 15_000, program, progress });
  say('Redis wiped and killed, PostgreSQL killed');
  const lost = await loseStores({ runs, progress });
  const { takeoversMs, ...verdict } = killed;
  console.log(JSON.stringify({ killed: verdict, frozen, lost }, null, 2));
  const all = [killed, frozen, lost];
  const sum = (count: (verdict: Verdict) => number): number => all.reduce((total, one) => total + count(one), 0);
  const lastTakeoverMs = takeoversMs.at(-1) ?? 0;
  const wrong = (verdict: Verdict): number => verdict.lost.length + verdict.incomplete.length;
  return [
    ['`kill -9` of a worker: runs in its hands', `${killed.heldByKilled} of ${killed.accepted}`],
    ['of these taken over', takeoversMs.length, takeoversMs.length === killed.heldByKilled],
    ['the last of them was another’s after', `${(lastTakeoverMs / 1000).toFixed(1)} s`, lastTakeoverMs < 8_000],
    ['SIGSTOP for 15 s, then SIGCONT: runs in its hands', `${frozen.heldByFrozen} of ${frozen.accepted}`],
    ['stale records accepted, in any of these', sum((one) => one.staleRecords), sum((one) => one.staleRecords) === 0],
    [
      'the same trial with the fence taken off in the test’s own process',
      `${unfenced.staleRecords} stale records, ${unfenced.repeatedRecorded.length} recorded calls repeated`,
      unfenced.staleRecords > 0,
    ],
    [
      'Redis wiped, killed and started, PostgreSQL killed and started: runs lost or ended otherwise',
      `${wrong(lost)} of ${lost.accepted}`,
      wrong(lost) === 0,
    ],
    ['runs lost or ended otherwise in the others', wrong(killed) + wrong(frozen), wrong(killed) + wrong(frozen) === 0],
    zero('recorded actions repeated, calls repeated silently, in any of these', (one) => [
      ...one.repeatedRecorded,
      ...one.repeatedSilently,
    ]),
    ['calls in doubt, made again with the same key and told', sum((one) => one.repeatedInDoubt)],
    ['callbacks waited for, each sent twice', sum((one) => one.callbacks)],
    zero('of these taken or recorded twice', (one) => one.callbacksTwice),
    [
      'messages sent to batches, in so many runs',
      `${sum((one) => one.batches.messages)}, ${sum((one) => one.batches.batches)}`,
    ],
    zero('messages in no run or in more than one', (one) => [
      ...one.batches.lostMessages,
      ...one.batches.repeatedMessages,
    ]),
  ];

  function zero(what: string, faults: (verdict: Verdict) => readonly string[]): Row {
    const count = sum((one) => faults(one).length);
    return [what, count, count === 0];
  }
}

async function trySleepers(): Promise<readonly Row[]> {
  say('sleepers through a restart of everything');
  const { finished, wokenTwice, lateMs, memoryMb, startedPerSecond } = await survive({
    sleepers,
    overMs: sleepers * 2,
    spareMs: 30_000,
    progress,
  });
  return [
    [
      `${sleepers} sleepers, everything killed and started anew: woken, woken twice`,
      `${finished}, ${wokenTwice}`,
      finished === sleepers && wokenTwice === 0,
    ],
    ['put to sleep', `${startedPerSecond} a second`],
    [
      'ended after their time (500 a second), p50 / p99 / latest',
      `${lateMs.p50} ms / ${lateMs.p99} ms / ${(lateMs.most / 1000).toFixed(1)} s`,
    ],
    ['memory while they sleep, after the restart: Redis, a worker', `${memoryMb.redis} MB, ${memoryMb.worker} MB`],
  ];
}
