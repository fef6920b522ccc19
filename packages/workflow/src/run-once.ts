import type { JsonValue, Value } from '@patchbay/expression';
import type { Transformer } from '@patchbay/transform';
import type {
  ArtifactSource,
  Clock,
  ConnectionReference,
  Dispatcher,
  FlowDefinition,
  FlowDirectory,
  Invoker,
  RunStore,
} from './contract.ts';
import type { Dialect } from './dialect/dialect.ts';
import { createEmbeddedDispatcher } from './engine/embedded-dispatcher.ts';
import { WorkflowEngine } from './engine/engine.ts';
import type { IdSource } from './engine/engine-contract.ts';
import { createSystemClock } from './engine/system-clock.ts';
import { DefinitionError } from './failures.ts';
import { callingBack, type LocalCallback, localAddresses } from './local-callbacks.ts';
import { createMemoryBatchStore } from './memory/memory-batch-store.ts';
import { createMemoryRunStore } from './memory/memory-run-store.ts';
import { createMemoryScheduleStore } from './memory/memory-schedule-store.ts';
import { compileDefinition } from './plan/compile-definition.ts';
import { entriesOf } from './plan/json.ts';
import type { ActionPlan, Plan, StaticResult } from './plan/plan.ts';
import { readStaticResult } from './plan/static-result.ts';
import { describeRun, type RunReport } from './run-report.ts';
import { securedParts } from './secure/secured-parts.ts';

/** Whoever runs a flow here waits for its answer as long as the run may last, and longer. */
const longestRunMs = 400 * 86_400_000;

export type RunOnceOptions = {
  readonly definition: JsonValue;
  readonly parameters?: { readonly [name: string]: JsonValue };
  readonly connectionReferences?: { readonly [name: string]: ConnectionReference };
  /** Which product it was written for, where more is known than its definition tells. */
  readonly dialect?: Dialect;
  /** Whether it keeps its runs; `Stateful` unless told. */
  readonly kind?: 'Stateful' | 'Stateless';
  /** The definition's only trigger unless told. */
  readonly trigger?: string;
  /** What the trigger saw: `{body, headers?, queries?…}`. */
  readonly triggerOutputs?: Value;
  /** Action name → result in the `staticResults` shape, or a list of them, one per call; the last one stays. */
  readonly mocks?: { readonly [action: string]: JsonValue };
  /** Makes the calls that are not mocked. */
  readonly invoker: Invoker;
  readonly clock?: Clock;
  readonly ids?: IdSource;
  readonly displayName?: string;
  readonly appSettings?: { readonly [name: string]: string };
  /** Schemas and maps; without it actions find none. */
  readonly artifacts?: ArtifactSource;
  readonly transformer?: Transformer;
  /** Action name → what comes back to it, one a call; without one actions that wait to be called back fail. */
  readonly callbacks?: { readonly [action: string]: readonly LocalCallback[] };
  /** Finds the flows that Workflow actions call, by the name or id that they give. */
  readonly findFlow?: (reference: string) => Promise<CalledFlow | undefined>;
};

/** A flow that is called. */
export type CalledFlow = Pick<
  RunOnceOptions,
  'definition' | 'parameters' | 'connectionReferences' | 'dialect' | 'kind'
> & {
  readonly displayName: string;
};

/**
 * Fires a flow's trigger once, on records in memory, and answers the whole run when it has ended. A trigger that splits, or does not
 * fire, answers `{runs}`. Throws `DefinitionError` when the definition cannot run.
 */
export async function runOnce(
  options: RunOnceOptions,
): Promise<
  | RunReport
  | { readonly runs: readonly RunReport[]; readonly reason?: { readonly code: string; readonly message: string } }
> {
  const clock = options.clock ?? createSystemClock();
  const store = createMemoryRunStore(clock);
  const flow = describeFlow(options);
  const plan = compile(options, flow);
  const trigger = options.trigger ?? plan.triggers[0]?.name ?? '';
  const wakes = new Set<() => void>();
  const engine = createLocalEngine(options, { flow, clock, store, wakes });
  await engine.start();
  try {
    const outputs = options.triggerOutputs ?? {};
    const fired = await engine.fire({ flow, trigger, outputs, wantsResponse: true });
    const reports: RunReport[] = [];
    for (const { runId, response } of fired.runs) {
      await finished(engine, store, clock, wakes, runId);
      reports.push(await describeRun(store, plan, securedParts(options.definition), runId, response));
    }
    const isSplit = plan.triggers.find(({ name }) => name === trigger)?.splitOn !== undefined;
    const only = reports[0];
    if (only !== undefined && !isSplit) return only;
    return { runs: reports, ...(fired.reason === undefined ? {} : { reason: fired.reason }) };
  } finally {
    await engine.drain(0);
  }
}

function compile({ definition, dialect }: RunOnceOptions, { parameters }: FlowDefinition): Plan {
  const { plan, findings } = compileDefinition(definition, {
    parameters,
    ...(dialect === undefined ? {} : { dialect }),
  });
  if (plan !== undefined) return plan;
  const errors = findings.filter(({ severity }) => severity === 'error');
  throw new DefinitionError('the flow', errors);
}

type Local = {
  readonly flow: FlowDefinition;
  readonly clock: Clock;
  readonly store: RunStore;
  /** Called when a run is woken before its time. */
  readonly wakes: ReadonlySet<() => void>;
};

/** An engine for one flow and those that it calls, whose runs are kept until they are reported. */
function createLocalEngine(options: RunOnceOptions, { flow, clock, store, wakes }: Local): WorkflowEngine {
  const called = new Map<string, FlowDefinition>();
  const engine: WorkflowEngine = new WorkflowEngine(
    {
      store,
      clock,
      dispatcher: tellingWakes(createEmbeddedDispatcher(clock, store), wakes),
      invoker: callingBack(options.invoker, options.callbacks ?? {}, clock, (signal) => engine.signal(signal)),
      flows: { load: async (flowId) => (flowId === flow.flowId ? flow : called.get(flowId)) },
      callbacks: localAddresses,
      directory: localDirectory(options, called),
      schedules: createMemoryScheduleStore(),
      batches: createMemoryBatchStore(),
      ...(options.ids === undefined ? {} : { ids: options.ids }),
      ...(options.appSettings === undefined ? {} : { appSettings: options.appSettings }),
      ...(options.artifacts === undefined ? {} : { artifacts: options.artifacts }),
      ...(options.transformer === undefined ? {} : { transformer: options.transformer }),
    },
    {
      staticResult: readMocks(options.mocks ?? {}),
      callerPatienceMs: longestRunMs,
      isCallable: options.callbacks !== undefined,
      // The report is made of the records, so they are kept.
      statelessStore: store,
      firesByItself: false,
    },
  );
  return engine;
}

/** Finds called flows, and remembers those that were found. */
function localDirectory({ findFlow }: RunOnceOptions, called: Map<string, FlowDefinition>): FlowDirectory {
  return {
    findCalled: async (reference) => {
      const found = await findFlow?.(reference);
      if (found === undefined) return undefined;
      const definition = describeFlow(found, `local:${found.displayName}`);
      called.set(definition.flowId, definition);
      return { flow: definition, isStarted: true };
    },
    findNewest: async (flowId) => {
      const found = called.get(flowId);
      return found && { flow: found, isStarted: true };
    },
  };
}

function describeFlow(
  options: Omit<CalledFlow, 'displayName'> & { readonly displayName?: string },
  flowId = 'local',
): FlowDefinition {
  return {
    flowId,
    revision: 1,
    displayName: options.displayName ?? 'local',
    environmentId: 'local',
    stateless: options.kind === 'Stateless',
    definition: options.definition,
    parameters: options.parameters ?? {},
    connectionReferences: options.connectionReferences ?? {},
    ...(options.dialect === undefined ? {} : { dialect: options.dialect }),
  };
}

/** The same dispatcher, which says when it is asked to wake a run before its time. */
function tellingWakes(dispatcher: Dispatcher, wakes: ReadonlySet<() => void>): Dispatcher {
  return {
    start: (advance) => dispatcher.start(advance),
    wake: (runId) => {
      dispatcher.wake(runId);
      for (const wake of wakes) wake();
    },
    wakeAt: (runId, atMs) => dispatcher.wakeAt(runId, atMs),
    stop: (drainMs) => dispatcher.stop(drainMs),
  };
}

/** A run that sleeps leaves memory and comes back; it is over when its record says so. */
async function finished(
  engine: WorkflowEngine,
  store: RunStore,
  clock: Clock,
  wakes: Set<() => void>,
  runId: string,
): Promise<void> {
  for (;;) {
    await engine.settled(runId);
    const status = (await store.findRun(runId))?.status;
    if (status !== 'Running' && status !== 'Waiting') return;
    const dueMs = await store.nextDueMs();
    await new Promise<void>((resolve) => {
      const cancel = clock.at((dueMs ?? clock.nowMs()) + 1, resolve);
      wakes.add(() => {
        cancel();
        // By then the run is in memory again.
        clock.at(clock.nowMs() + 1, resolve);
      });
    });
    wakes.clear();
  }
}

function readMocks(mocks: { readonly [action: string]: JsonValue }): (action: ActionPlan) => StaticResult | undefined {
  const queues = new Map(
    entriesOf(mocks).map(([name, mock]) => [
      name.toLowerCase(),
      (Array.isArray(mock) ? (mock as readonly JsonValue[]) : [mock]).map(readStaticResult),
    ]),
  );
  return (action) => {
    const queue = queues.get(action.name.toLowerCase());
    return queue === undefined || queue.length <= 1 ? queue?.[0] : queue.shift();
  };
}
