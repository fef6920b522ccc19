import { type JsonValue, stringify } from '@patchbay/expression';
import type { ActionRecord, RunStore } from './contract.ts';
import type { ResponseMessage } from './engine/engine-contract.ts';
import type { ActionPlan, Plan } from './plan/plan.ts';
import { concealAction, concealRun } from './secure/conceal.ts';
import type { SecuredParts } from './secure/secured-parts.ts';

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

/** A run's report from its records. */
export async function describeRun(
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
