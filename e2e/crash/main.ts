import { runCrashRounds } from './crash-rounds.ts';

/** `npm run crash [-- rounds [runs]]`: the long form of `crash.test.ts`; thirty rounds with two hundred runs in flight. */
const [rounds = 30, runsInFlight = 200] = process.argv.slice(2).map(Number);
const report = await runCrashRounds({ rounds, runsInFlight, progress: (text) => console.log(text) });
console.log(JSON.stringify(report, null, 2));
const faults = [report.lost, report.incomplete, report.repeatedRecorded, report.repeatedSilently].flat().length;
console.log(`${report.accepted - faults} passed, ${faults} failed`);
process.exitCode = faults === 0 ? 0 : 1;
