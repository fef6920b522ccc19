import { runCrashRounds } from './crash-rounds.ts';

/** `npm run crash [-- kills [runs]]`: the long form of `crash.test.ts`; a hundred kills with eleven new runs before each. */
const [kills = 100, runsPerKill = 11] = process.argv.slice(2).map(Number);
const report = await runCrashRounds({ kills, runsPerKill, progress: (text) => console.log(text) });
console.log(JSON.stringify(report, null, 2));
const accepted = Object.values(report.accepted).reduce((sum, count) => sum + count, 0);
const faults = [report.lost, report.different, report.repeatedRecorded, report.repeatedSilently].flat().length;
console.log(`${accepted - faults} passed, ${faults} failed`);
process.exitCode = faults === 0 ? 0 : 1;
