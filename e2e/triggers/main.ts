import { runTriggerRounds } from './trigger-rounds.ts';

/** `npm run crash-triggers [-- events [kills [polls]]]`: the long form of `triggers.test.ts`; ten thousand events, five kills. */
const [events = 10_000, kills = 5, polls = 12] = process.argv.slice(2).map(Number);
const report = await runTriggerRounds({ events, kills, polls, progress: (text) => console.log(text) });
console.log(JSON.stringify(report, null, 2));
const { webhook, polling } = report;
const faults = [webhook.lost, webhook.repeated, polling.lost, polling.repeated, polling.seeded].flat().length;
console.log(`${webhook.answered + polling.items - faults} passed, ${faults} failed`);
process.exitCode = faults === 0 ? 0 : 1;
