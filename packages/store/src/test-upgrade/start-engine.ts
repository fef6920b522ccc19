import { type Clock, createEmbeddedDispatcher, createEngine, type Engine, type FoundFlow } from '@patchbay/workflow';
import type { Store } from '../contract.ts';
import { sleepingFlows } from './sleeping-flows.ts';

/** An engine that knows the {@link sleepingFlows}; whoever it calls answers 202. */
export async function startEngine(store: Store, clock: Clock): Promise<Engine> {
  const engine = createEngine({
    store: store.runs,
    schedules: store.schedules,
    dispatcher: createEmbeddedDispatcher(clock, store.runs),
    clock,
    invoker: { effect: () => 'safe', invoke: async () => ({ statusCode: 202, headers: {}, body: null }) },
    callbacks: {
      open:
        async () =>
        ({ runId, action }) =>
          `https://callback.test/${runId}/${action}`,
    },
    directory: {
      findCalled: async (name) => found(name),
      findNewest: async (flowId) => found(flowId),
    },
    flows: { load: async (flowId) => sleepingFlows.find((flow) => flow.flowId === flowId) },
  });
  await engine.start();
  return engine;
}

function found(flowId: string): FoundFlow | undefined {
  const flow = sleepingFlows.find((one) => one.flowId === flowId);
  return flow && { flow, isStarted: true };
}
