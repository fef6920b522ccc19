import { openStore } from '@patchbay/store';
import {
  createEmbeddedDispatcher,
  createEngine,
  createSystemClock,
  type Engine,
  type FlowDefinition,
  type RunStore,
} from '@patchbay/workflow';

/** An engine of its own on a SQLite file, as a server has one, that knows one flow and calls nothing. */
export type BenchEngine = {
  readonly engine: Engine;
  readonly flow: FlowDefinition;
  readonly runs: RunStore;
  /** Runs the flow to its rest, and answers the run's id. */
  readonly run: (body: FlowBody) => Promise<string>;
  readonly close: () => Promise<void>;
};

type FlowBody = { readonly [name: string]: string | number };

/** Is told how many entries have become durable by an append. */
type OnAppended = (entries: number) => void;

export async function openBenchEngine(path: string, definition: object, onAppended?: OnAppended): Promise<BenchEngine> {
  const store = await openStore({ kind: 'sqlite', path });
  const flow: FlowDefinition = {
    flowId: 'bench',
    revision: 1,
    displayName: 'Bench',
    environmentId: 'bench',
    stateless: false,
    definition: definition as FlowDefinition['definition'],
    parameters: {},
    connectionReferences: {},
  };
  const clock = createSystemClock();
  const { runs } = store;
  if (onAppended !== undefined) tellAppends(runs, onAppended);
  const engine = createEngine({
    store: runs,
    schedules: store.schedules,
    dispatcher: createEmbeddedDispatcher(clock, runs),
    clock,
    invoker: { invoke: () => Promise.reject(new Error('nothing is called')), effect: () => 'safe' },
    flows: { load: async () => flow },
  });
  return {
    engine,
    flow,
    runs,
    run: async (body) => {
      const { runs: started } = await engine.fire({ flow, trigger: 'manual', outputs: { body } });
      const runId = started[0]?.runId ?? '';
      await engine.settled(runId);
      return runId;
    },
    close: async () => {
      await engine.drain(1000);
      await store.close();
    },
  };
}

function tellAppends(runs: RunStore, onAppended: OnAppended): void {
  const append = runs.append.bind(runs);
  runs.append = async (lease, entries) => {
    await append(lease, entries);
    onAppended(entries.length);
  };
}
