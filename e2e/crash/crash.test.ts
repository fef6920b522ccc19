import { expect, it } from 'vitest';
import { runCrashRounds } from './crash-rounds.ts';

it('loses no accepted run and repeats no recorded action when it is killed', async () => {
  const report = await runCrashRounds({ kills: 5, runsPerKill: 24, progress: () => undefined });
  expect(Object.keys(report.accepted).length).toBeGreaterThan(0);
  expect(report).toMatchObject({
    kills: 5,
    runs: { lost: [], different: [], repeatedRecorded: [], repeatedSilently: [] },
    callbacksTwice: [],
    batches: { lostMessages: [], repeatedMessages: [] },
    stops: { notStopped: [], wentOn: [] },
    repeats: { notRepeated: [], notDoneAgain: [] },
    retention: { deletedLive: [], cameBack: [], dangling: [] },
  });
});
