import type { JsonValue } from '@patchbay/expression';
import type {
  BatchStore,
  FlowDefinition,
  Invocation,
  InvocationContext,
  InvocationResult,
  RunStore,
  ScheduleStore,
} from '../contract.ts';
import { createEmbeddedDispatcher } from '../engine/embedded-dispatcher.ts';
import { createEngine } from '../engine/engine.ts';
import type { Engine, EngineOptions } from '../engine/engine-contract.ts';
import { createMemoryBatchStore } from '../memory/memory-batch-store.ts';
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
  readonly batches: BatchStore;
  readonly invoker: RecordingInvoker;
  /** `others`: flows that the first one may call, by their display names. */
  engine(
    flow: FlowDefinition,
    owner?: string,
    others?: readonly FlowDefinition[],
    change?: Partial<EngineOptions>,
  ): Engine;
};

export function world(
  answer: (
    invocation: Extract<Invocation, { kind: 'http' }>,
    context: InvocationContext,
  ) => InvocationResult | Promise<InvocationResult> = () => ({ statusCode: 200, headers: {}, body: 1 }),
): World {
  const clock = createManualClock();
  const store = createMemoryRunStore(clock);
  const schedules = createMemoryScheduleStore();
  const batches = createMemoryBatchStore();
  const invoker = createRecordingInvoker(answer);
  let guids = 0;
  return {
    clock,
    store,
    schedules,
    batches,
    invoker,
    engine: (flow, owner = 'one', others = [], change = {}) =>
      createEngine({
        store,
        clock,
        invoker,
        schedules,
        batches,
        dispatcher: createEmbeddedDispatcher(clock, store),
        flows: { load: async (flowId) => [flow, ...others].find((one) => one.flowId === flowId) },
        directory: {
          findCalled: async (reference) => {
            const found = [flow, ...others].find((one) => one.displayName === reference);
            return found && { flow: found, isStarted: found.revision > 0 };
          },
          findNewest: async (flowId) => {
            const found = [flow, ...others].find((one) => one.flowId === flowId);
            return found && { flow: found, isStarted: found.revision > 0 };
          },
        },
        callbacks: {
          open: async () => (place) => `https://callback.example/${place.runId}/${place.action}/${place.iteration}`,
        },
        ids: { owner, guid: () => `guid-${++guids}`, random: () => 0 },
        ...change,
      }),
  };
}

export const never = new Promise<never>(() => undefined);
