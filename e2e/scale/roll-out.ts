import { rollOut } from './trials.ts';

/**
 * `node e2e/scale/roll-out.ts <checkout of an earlier version, with its packages installed> [runs]`: that version's processes are replaced by
 * this one's while mixed runs are under way. Before a release that changes the schema or what is kept in it.
 */
const [checkout, runs = 400] = process.argv.slice(2);
if (checkout === undefined) throw new Error('Name the folder of a checkout of the earlier version.');
const earlierProgram = `${checkout}/packages/server/src/main.ts`;
const verdict = await rollOut({ runs: Number(runs), earlierProgram, progress: (text) => console.log(text) });
console.log(JSON.stringify(verdict, null, 2));
const { lost, incomplete, repeatedRecorded, repeatedSilently, staleRecords, callbacksTwice, batches } = verdict;
const { lostMessages, repeatedMessages } = batches;
const faults = [lost, incomplete, repeatedRecorded, repeatedSilently, callbacksTwice, lostMessages, repeatedMessages];
const failed = faults.flat().length + staleRecords;
console.log(`${verdict.accepted - failed} passed, ${failed} failed`);
process.exitCode = failed === 0 ? 0 : 1;
