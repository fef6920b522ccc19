import { watchEventLoop } from '../watch-event-loop.ts';
import { openBenchEngine } from './bench-engine.ts';
import { foreachFlow, untilFlow } from './loop-flows.ts';
import { type MemoryGrowth, watchMemory } from './peak-memory.ts';

export type LoopResult = MemoryGrowth & {
  /** Median over the rounds, from the trigger to the end of the run, every record on disk. */
  readonly ms: number;
  readonly blocksMs: readonly number[];
};

export type LoopRequest = {
  readonly path: string;
  readonly flow: 'foreach' | 'until';
  readonly count: number;
  readonly rounds: number;
};

const flows = { foreach: foreachFlow, until: untilFlow };

/** Runs a loop in this process, which does nothing else. */
export async function measureLoop({ path, flow, count, rounds }: LoopRequest): Promise<LoopResult> {
  const { run, runs, close } = await openBenchEngine(path, flows[flow]);
  await run({ count: Math.min(count, 2000) });
  await run({ count: Math.min(count, 2000) });
  const takeBlocks = watchEventLoop();
  const memory = await watchMemory();
  takeBlocks();
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const startedMs = performance.now();
    const runId = await run({ count });
    times.push(performance.now() - startedMs);
    const status = (await runs.findRun(runId))?.status;
    if (status !== 'Succeeded') throw new Error(`the loop ended as ${status}`);
  }
  const blocksMs = takeBlocks();
  const growth = await memory.end();
  await close();
  times.sort((left, right) => left - right);
  return { ms: times[Math.floor(rounds / 2)] ?? Number.NaN, blocksMs, ...growth };
}
