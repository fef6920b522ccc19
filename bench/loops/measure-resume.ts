import { watchEventLoop } from '../watch-event-loop.ts';
import { openBenchEngine } from './bench-engine.ts';
import { foreachFlow, foreachThenWaitFlow } from './loop-flows.ts';

/** Where a run is left: in the middle of its loop by `kill -9`, or asleep after it. */
export type LeftRequest = { readonly path: string; readonly count: number; readonly where: 'in-loop' | 'after-loop' };

export type ResumeResult = {
  /** From the start of an engine, on an open store, to the first thing that the run then does being on disk. */
  readonly ms: number;
  readonly recordsBefore: number;
  readonly blocksMs: readonly number[];
};

const flows = { 'in-loop': foreachFlow, 'after-loop': foreachThenWaitFlow };
/** Long enough that it is still asleep when it is taken over. */
const sleepMs = 15_000;

/** Runs until so many records are on disk and ends this process as it stands; never resolves. */
export async function leaveRun({ path, count, where }: LeftRequest): Promise<never> {
  let records = 0;
  const { run } = await openBenchEngine(path, flows[where], (entries) => {
    records += entries;
    if (where === 'in-loop' && records >= count * 0.9) process.kill(process.pid, 'SIGKILL');
  });
  await run({ count, until: new Date(Date.now() + sleepMs).toISOString() });
  process.kill(process.pid, 'SIGKILL');
  return new Promise(() => undefined);
}

/** Goes on with a run that was left. */
export async function measureResume({ path, where }: LeftRequest): Promise<ResumeResult> {
  const first = Promise.withResolvers<number>();
  const { engine, runs, flow, close } = await openBenchEngine(path, flows[where], () =>
    first.resolve(performance.now()),
  );
  const [left] = await runs.listRuns({ flowId: flow.flowId, limit: 1 });
  if (left === undefined || left.endTime !== undefined) throw new Error('no run was left that could be gone on with');
  const before = await runs.tallyActions(left.runId);
  const takeBlocks = watchEventLoop();
  const [asleep] = await runs.sleeping({ after: { runId: '', wakeAtMs: 0 }, untilMs: Date.now() + sleepMs, limit: 1 });
  await new Promise((wake) => setTimeout(wake, Math.max(500, (asleep?.wakeAtMs ?? 0) - Date.now())));
  takeBlocks();
  const startedMs = performance.now();
  await engine.start();
  const ms = (await first.promise) - startedMs;
  const blocksMs = takeBlocks();
  await engine.settled(left.runId);
  const status = (await runs.findRun(left.runId))?.status;
  if (status !== 'Succeeded') throw new Error(`the run ended as ${status}`);
  await close();
  return { ms, recordsBefore: before.reduce((sum, { count }) => sum + count, 0), blocksMs };
}
