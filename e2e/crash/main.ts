import { type CrashReport, runCrashRounds } from './crash-rounds.ts';

/** `npm run crash [-- kills [runs]]`: the long form of `crash.test.ts`; a hundred kills with eleven new runs before each, beside others. */
const [kills = 100, runsPerKill = 11] = process.argv.slice(2).map(Number);
const startedMs = Date.now();
const report = await runCrashRounds({ kills, runsPerKill, progress: (text) => console.log(text) });
console.log(JSON.stringify(report, null, 2));
console.log(`\n${table(report)}\n\n${Math.round((Date.now() - startedMs) / 1000)} s`);
const faults = faultsOf(report);
const accepted = acceptedOf(report);
console.log(`${accepted - faults} passed, ${faults} failed`);
process.exitCode = faults === 0 ? 0 : 1;

function acceptedOf({ accepted: byJourney }: CrashReport): number {
  return Object.values(byJourney).reduce((sum, count) => sum + count, 0);
}

/** Every list tells of what must not be. */
function faultsOf({ runs, callbacksTwice, batches, stops, repeats, retention }: CrashReport): number {
  const members = [runs, { callbacksTwice }, batches, stops, repeats, retention].flatMap((verdict) =>
    Object.values(verdict),
  );
  return members.flatMap((member) => (Array.isArray(member) ? member : [])).length;
}

/** As the page on durability has it. */
function table(of: CrashReport): string {
  const { runs, batches, stops, repeats, retention } = of;
  const rows: readonly (readonly [string, string | number])[] = [
    ['kills', of.kills],
    ['runs acknowledged', acceptedOf(of)],
    ['unfinished runs at the kills, all together', of.interrupted],
    ['calls in doubt, made again with the same key and told in the history', runs.repeatedUnresolved],
    ['runs lost', runs.lost.length],
    ['runs that ended otherwise than without kills', runs.different.length],
    ['recorded actions repeated', runs.repeatedRecorded.length],
    ['calls repeated silently', runs.repeatedSilently.length],
    ['callbacks, each sent twice, that counted twice', of.callbacksTwice.length],
    ['messages sent to batches, in so many runs', `${batches.messages}, ${batches.batches}`],
    ['messages in no run, in more than one', `${batches.lostMessages.length}, ${batches.repeatedMessages.length}`],
    ['runs cancelled', stops.stopped],
    ['ended otherwise, went on after a restart', `${stops.notStopped.length}, ${stops.wentOn.length}`],
    ['failed runs done again from the action that failed', repeats.repeated],
    [
      'done again by no run or by several, the action not done once by each',
      `${repeats.notRepeated.length}, ${repeats.notDoneAgain.length}`,
    ],
    ['runs deleted meanwhile', retention.deleted],
    [
      'deleted before their end, there again later, dangling records or contents',
      [retention.deletedLive, retention.cameBack, retention.dangling].map(({ length }) => length).join(', '),
    ],
  ];
  return ['| | today |', '| --- | --- |', ...rows.map(([what, figure]) => `| ${what} | ${figure} |`)].join('\n');
}
