import { expect, it } from 'vitest';
import { runCrashRounds } from './crash-rounds.ts';

it('loses no accepted run and repeats no recorded action when it is killed', async () => {
  const report = await runCrashRounds({ rounds: 3, runsInFlight: 60, progress: () => undefined });
  expect(report.accepted).toBeGreaterThan(0);
  expect(report).toMatchObject({ rounds: 3, lost: [], incomplete: [], repeatedRecorded: [], repeatedSilently: [] });
});
