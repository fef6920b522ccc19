import type { JsonValue } from '@patchbay/expression';
import type { FlowDefinition, InvocationResult, RunStore, ScheduleStore } from '../contract.ts';
import { createEmbeddedDispatcher } from '../engine/embedded-dispatcher.ts';
import { createEngine } from '../engine/engine.ts';
import type { Engine } from '../engine/engine-contract.ts';
import { createMemoryRunStore } from '../memory/memory-run-store.ts';
import { createMemoryScheduleStore } from '../memory/memory-schedule-store.ts';
import { createManualClock, type ManualClock } from './manual-clock.ts';
import { createRecordingInvoker, type RecordingInvoker } from './recording-invoker.ts';

/** What starts the flows of these tests. */
export const triggers = { manual: { type: 'Request' } };

export function flowOf(definition: JsonValue, change: Partial<FlowDefinition> = {}): FlowDefinition {
  return {
    flowId: 'flow',
    revision: 1,
    displayName: 'Flow',
    environmentId: 'env',
    stateless: false,
    definition,
    parameters: {},
    connectionReferences: {},
    ...change,
  };
}

/** Engines over one memory store, a clock that is turned by hand and an upstream that remembers. */
export type World = {
  readonly clock: ManualClock;
  readonly store: RunStore;
  readonly schedules: ScheduleStore;
  readonly invoker: RecordingInvoker;
  engine(flow: FlowDefinition, owner?: string): Engine;
};

export function world(
  answer: () => InvocationResult | Promise<InvocationResult> = () => ({ statusCode: 200, headers: {}, body: 1 }),
): World {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const schedules = createMemoryScheduleStore();
  const invoker = createRecordingInvoker(answer);
  return {
    clock,
    store,
    schedules,
    invoker,
    engine: (flow, owner = 'one') =>
      createEngine({
        store,
        clock,
        invoker,
        schedules,
        dispatcher: createEmbeddedDispatcher(clock, store),
        flows: { load: async () => flow },
        ids: { owner, guid: () => 'guid', random: () => 0 },
      }),
  };
}

export const never = new Promise<never>(() => undefined);
