import { watchEventLoop } from '../watch-event-loop.ts';
import { openBenchEngine } from './bench-engine.ts';
import { failingFlow } from './loop-flows.ts';
import { type MemoryGrowth, watchMemory } from './peak-memory.ts';

export type RerunResult = MemoryGrowth & {
  /** Until the new run, with the results that it keeps, is on disk. */
  readonly startedMs: number;
  /** Until it has gone on from there and ended. */
  readonly endedMs: number;
  readonly blocksMs: readonly number[];
};

/** Repeats a run from the action that failed in it, after a loop over so many items. */
export async function measureRerun({
  path,
  count,
}: {
  readonly path: string;
  readonly count: number;
}): Promise<RerunResult> {
  const { engine, run, runs, close } = await openBenchEngine(path, failingFlow);
  await engine.start();
  const failed = await run({ count });
  const takeBlocks = watchEventLoop();
  const memory = await watchMemory();
  takeBlocks();
  const beganMs = performance.now();
  const { runs: started } = await engine.rerun({ runId: failed, actions: ['Post'] });
  const startedMs = performance.now() - beganMs;
  const runId = started[0]?.runId ?? '';
  while ((await runs.findRun(runId))?.endTime === undefined) await new Promise((wake) => setTimeout(wake, 5));
  const endedMs = performance.now() - beganMs;
  const blocksMs = takeBlocks();
  const growth = await memory.end();
  const kept = (await runs.tallyActions(runId)).reduce((sum, tally) => sum + tally.count, 0);
  if (kept !== count) throw new Error(`the new run has ${kept} records of the loop and not ${count}`);
  await close();
  return { startedMs, endedMs, blocksMs, ...growth };
}
