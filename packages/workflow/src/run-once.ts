import { type JsonValue, stringify, type Value } from '@patchbay/expression';
import type { Transformer } from '@patchbay/transform';
import type {
  ActionRecord,
  ArtifactSource,
  Clock,
  ConnectionReference,
  FlowDefinition,
  Invoker,
  RunStore,
} from './contract.ts';
import { createEmbeddedDispatcher } from './engine/embedded-dispatcher.ts';
import { WorkflowEngine } from './engine/engine.ts';
import type { IdSource, ResponseMessage } from './engine/engine-contract.ts';
import { createSystemClock } from './engine/system-clock.ts';
import { DefinitionError } from './failures.ts';
import { createMemoryRunStore } from './memory/memory-run-store.ts';
import { createMemoryScheduleStore } from './memory/memory-schedule-store.ts';
import { compileDefinition } from './plan/compile-definition.ts';
import { entriesOf } from './plan/json.ts';
import type { ActionPlan, Plan, StaticResult } from './plan/plan.ts';
import { readStaticResult } from './plan/static-result.ts';
import { concealAction, concealRun } from './secure/conceal.ts';
import { type SecuredParts, securedParts } from './secure/secured-parts.ts';

/** An action's result in a {@link RunReport}; `repetitions` where it ran inside a loop. */
export type ActionReport = {
  readonly status: string;
  readonly code: string | null;
  readonly inputs: JsonValue;
  readonly outputs: JsonValue;
  readonly error?: { readonly code: string; readonly message: string };
  readonly startTime: string;
  readonly endTime: string | null;
  readonly retryHistory?: ActionRecord['retryHistory'];
  readonly trackedProperties?: JsonValue;
  readonly repetitions?: readonly (Omit<ActionReport, 'repetitions'> & {
    readonly repetitionIndexes: readonly { readonly scopeName: string; readonly itemIndex: number }[];
  })[];
};

/** A finished run, whole. */
export type RunReport = {
  readonly status: string;
  readonly code?: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly trigger: {
    readonly name: string;
    readonly status: string;
    readonly code: string | null;
    readonly inputs: JsonValue;
    readonly outputs: JsonValue;
    readonly startTime: string;
    readonly endTime: string;
  };
  readonly actions: { readonly [name: string]: ActionReport };
  readonly outputs: JsonValue;
  readonly response?: { readonly statusCode: number; readonly headers: JsonValue; readonly body: JsonValue };
};

export type RunOnceOptions = {
  readonly definition: JsonValue;
  readonly parameters?: { readonly [name: string]: JsonValue };
  readonly connectionReferences?: { readonly [name: string]: ConnectionReference };
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
  const { plan, findings } = compileDefinition(options.definition, { parameters: flow.parameters });
  if (plan === undefined)
    throw new DefinitionError(
      'the flow',
      findings.filter(({ severity }) => severity === 'error'),
    );
  const trigger = options.trigger ?? plan.triggers[0]?.name ?? '';
  const engine = new WorkflowEngine(
    {
      store,
      clock,
      dispatcher: createEmbeddedDispatcher(clock, store),
      invoker: options.invoker,
      flows: { load: async () => flow },
      schedules: createMemoryScheduleStore(),
      ...(options.ids === undefined ? {} : { ids: options.ids }),
      ...(options.appSettings === undefined ? {} : { appSettings: options.appSettings }),
      ...(options.artifacts === undefined ? {} : { artifacts: options.artifacts }),
      ...(options.transformer === undefined ? {} : { transformer: options.transformer }),
    },
    { staticResult: readMocks(options.mocks ?? {}) },
  );
  await engine.start();
  try {
    const outputs = options.triggerOutputs ?? {};
    const fired = await engine.fire({ flow, trigger, outputs, wantsResponse: true });
    const reports: RunReport[] = [];
    for (const { runId, response } of fired.runs) {
      await finished(engine, store, clock, runId);
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

function describeFlow(options: RunOnceOptions): FlowDefinition {
  return {
    flowId: 'local',
    revision: 1,
    displayName: options.displayName ?? 'local',
    environmentId: 'local',
    stateless: false,
    definition: options.definition,
    parameters: options.parameters ?? {},
    connectionReferences: options.connectionReferences ?? {},
  };
}

/** A run that sleeps leaves memory and comes back; it is over when its record says so. */
async function finished(engine: WorkflowEngine, store: RunStore, clock: Clock, runId: string): Promise<void> {
  for (;;) {
    await engine.settled(runId);
    const status = (await store.findRun(runId))?.status;
    if (status !== 'Running' && status !== 'Waiting') return;
    const dueMs = await store.nextDueMs();
    await new Promise<void>((resolve) => clock.at((dueMs ?? clock.nowMs()) + 1, resolve));
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

async function describeRun(
  store: RunStore,
  plan: Plan,
  secured: SecuredParts,
  runId: string,
  response: Promise<ResponseMessage> | undefined,
): Promise<RunReport> {
  const found = await store.findRun(runId);
  if (found === undefined) throw new TypeError(`run ${runId} has left no record`);
  const run = concealRun(found, secured);
  const actions: { [name: string]: ActionReport } = {};
  for (const action of plan.actions) {
    const records = (await store.listActions(runId, action.name)).map((record) => concealAction(record, secured));
    if (records.length > 0) actions[action.name] = describeAction(plan, action, records);
  }
  const message = await response;
  const { trigger } = run;
  return {
    status: run.status,
    ...(run.code === undefined ? {} : { code: run.code }),
    ...(run.error === undefined ? {} : { error: run.error }),
    trigger: {
      name: trigger.name,
      status: trigger.status,
      code: trigger.code ?? null,
      inputs: parseText(trigger.inputs),
      outputs: parseText(trigger.outputs),
      startTime: trigger.startTime,
      endTime: trigger.endTime,
    },
    actions,
    outputs: run.outputs === undefined ? {} : parseText(run.outputs),
    ...(message?.kind === 'response'
      ? {
          response: {
            statusCode: message.statusCode,
            headers: { ...message.headers },
            body: parseText(stringify(message.body)),
          },
        }
      : {}),
  };
}

function describeAction(plan: Plan, action: ActionPlan, records: readonly ActionRecord[]): ActionReport {
  const [first] = records;
  if (first === undefined) throw new TypeError('an action without a record is not described');
  if (records.length === 1 && first.iteration === '') return describeRecord(first);
  const inner = records.filter((record) => record.iteration !== '');
  const failed = inner.find((record) => record.status !== 'Succeeded' && record.status !== 'Skipped');
  const shown = failed ?? inner.find((record) => record.status === 'Succeeded') ?? inner[0] ?? first;
  const loops = enclosingLoops(plan, action);
  const ordered = [...inner].sort((left, right) => (left.iteration < right.iteration ? -1 : 1));
  return {
    status: shown.status,
    code: shown.code ?? null,
    inputs: null,
    outputs: null,
    ...(failed?.error === undefined ? {} : { error: failed.error }),
    startTime: ordered[0]?.startTime ?? first.startTime,
    endTime: ordered.at(-1)?.endTime ?? null,
    repetitions: ordered.map((record) => ({
      repetitionIndexes: record.iteration
        .split('-')
        .map((index, depth) => ({ scopeName: loops[depth] ?? '', itemIndex: Number(index) })),
      ...describeRecord(record),
    })),
  };
}

function describeRecord(record: ActionRecord): ActionReport {
  return {
    status: record.status,
    code: record.code ?? null,
    inputs: parseText(record.inputs),
    outputs: parseText(record.outputs),
    ...(record.error === undefined ? {} : { error: record.error }),
    startTime: record.startTime,
    endTime: record.endTime ?? null,
    ...(record.retryHistory === undefined ? {} : { retryHistory: record.retryHistory }),
    ...(record.trackedProperties === undefined ? {} : { trackedProperties: parseText(record.trackedProperties) }),
  };
}

function enclosingLoops(plan: Plan, action: ActionPlan): readonly string[] {
  const names: string[] = [];
  let owner = plan.actions[plan.blocks[action.block]?.owner ?? -1];
  while (owner !== undefined) {
    if (owner.compiled.role === 'loop') names.unshift(owner.name);
    owner = plan.actions[plan.blocks[owner.block]?.owner ?? -1];
  }
  return names;
}

function parseText(text: string | undefined): JsonValue {
  return text === undefined ? null : (JSON.parse(text) as JsonValue);
}
