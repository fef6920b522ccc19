import type { ActionRecord, FlowDefinition, RunStore } from '../contract.ts';
import { createEmbeddedDispatcher } from '../engine/embedded-dispatcher.ts';
import { createEngine } from '../engine/engine.ts';
import type { Engine } from '../engine/engine-contract.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import type { ManualClock } from './manual-clock.ts';
import type { RecordingInvoker } from './recording-invoker.ts';

/** What processes that come after each other have in common; the store may be another view of the same records each time. */
export type CrashWorld = {
  readonly flow: FlowDefinition;
  readonly clock: ManualClock;
  readonly invoker: RecordingInvoker;
};

/** The engine of one process. */
export function openEngine(store: RunStore, { flow, clock, invoker }: CrashWorld, owner: string): Engine {
  let guids = 0;
  return createEngine({
    store,
    clock,
    invoker,
    dispatcher: createEmbeddedDispatcher(clock, store),
    flows: { load: async () => flow },
    schedules: createMemoryScheduleStore(),
    ids: { owner, guid: () => `${owner}-${++guids}`, random: () => 0.5 },
  });
}

/** Lets an engine go on with what is due for some time, and ends it. */
export async function runFor(engine: Engine, clock: ManualClock, ms: number): Promise<void> {
  await engine.start();
  for (let passedMs = 0; passedMs < ms; passedMs += stepMs) await clock.advance(Math.min(stepMs, ms - passedMs));
  const drained = engine.drain(0);
  await clock.advance(0);
  await drained;
}

const stepMs = 3_600_000;

/** Every record of a run, in loops too. */
export async function allRecords(store: RunStore, runId: string): Promise<readonly ActionRecord[]> {
  const outer = await store.listActions(runId);
  const names = new Set([...outer, ...(await store.tallyActions(runId))].map(({ action }) => action));
  return (await Promise.all([...names].map((name) => store.listActions(runId, name)))).flat();
}

/** What a run came to: to be compared with the same run's that nobody disturbed. */
export type Ending = {
  readonly status: string | undefined;
  /** Outputs of the action `Result`. */
  readonly result: string | undefined;
  readonly statuses: readonly string[];
};

export async function endingOf(store: RunStore, runId: string): Promise<Ending> {
  const records = await allRecords(store, runId);
  return {
    status: (await store.findRun(runId))?.status,
    result: records.find(({ action }) => action === 'Result')?.outputs,
    statuses: records.map((one) => `${one.action}/${one.iteration}: ${one.status} ${one.code ?? ''}`).sort(),
  };
}
