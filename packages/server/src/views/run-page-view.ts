import type { JsonValue } from '@patchbay/definition';
import type { ActionRecord, JsonText, RecordTally, RunRecord, SecuredParts } from '@patchbay/workflow';
import { type ActionEntry, actionsOf } from '../services/flow-document.ts';
import type { ContentAddress, RunService } from '../services/run-service.ts';
import { canRepeatFrom } from './run-view.ts';

const largestPayloadBytes = 64 * 1024;
const mostRepetitions = 200;

/**
 * Everything that the page of a run shows, in one answer: actions in definition order, each with its place and its iterations, and with
 * the names of payloads that are `hidden` because the flow secures them.
 */
export async function runPageView(run: RunRecord, definition: JsonValue, runs: RunService): Promise<object> {
  const secured = await runs.secured(run);
  const records = new Map((await runs.actions(run)).map((record) => [record.action, record]));
  const tallies = await runs.tally(run);
  const actions: object[] = [];
  for (const entry of actionsOf(definition)) {
    const action = await describeAction(entry, records.get(entry.name), { run, runs, tallies });
    actions.push({ ...action, ...hidden(secured.action(entry.name)) });
  }
  const address = { flowId: run.flowId, runId: run.runId };
  return {
    runId: run.runId,
    flowId: run.flowId,
    flowRevision: run.flowRevision,
    ...outcome(run),
    ...(run.origin !== undefined && { origin: run.origin }),
    trigger: {
      name: run.trigger.name,
      ...outcome(run.trigger),
      ...(await payload('inputs', run.trigger.inputs, { ...address, kind: 'TriggerInputs' }, runs)),
      ...(await payload('outputs', run.trigger.outputs, { ...address, kind: 'TriggerOutputs' }, runs)),
      ...hidden(secured.trigger(run.trigger.name)),
    },
    actions,
    ...(run.outputs !== undefined && { outputs: JSON.parse(run.outputs) as JsonValue }),
    ...(run.response !== undefined && { response: JSON.parse(run.response) as JsonValue }),
  };
}

function hidden({ inputs, outputs }: ReturnType<SecuredParts['action']>): object {
  const names = [...(inputs ? ['inputs'] : []), ...(outputs ? ['outputs'] : [])];
  return names.length === 0 ? {} : { hidden: names };
}

async function describeAction(
  entry: ActionEntry,
  record: ActionRecord | undefined,
  {
    run,
    runs,
    tallies,
  }: { readonly run: RunRecord; readonly runs: RunService; readonly tallies: readonly RecordTally[] },
): Promise<object> {
  const place = {
    name: entry.name,
    type: entry.type,
    ...(entry.parent !== undefined && { parent: entry.parent, branch: entry.branch }),
  };
  if (!entry.isInLoop || entry.parent === undefined) {
    return { ...place, ...(record === undefined ? { status: 'NotRun' } : await recordView(record, run, runs)) };
  }
  const iterations = await runs.iterations(run, tallies, { action: entry.name, most: mostRepetitions });
  const last = record ?? iterations.last;
  if (last === undefined) return { ...place, status: 'NotRun' };
  return {
    ...place,
    ...outcome(last),
    ...(iterations.records.some((one) => canRepeatFrom(one, run)) && { canRepeat: true }),
    repetitionCount: iterations.count,
    repetitions: await Promise.all(
      iterations.records.map(async (one) => ({ iteration: one.iteration, ...(await recordView(one, run, runs)) })),
    ),
  };
}

async function recordView(record: ActionRecord, run: RunRecord, runs: RunService): Promise<object> {
  const address = { flowId: run.flowId, runId: run.runId, action: record.action, iteration: record.iteration };
  return {
    ...outcome(record),
    ...(await payload('inputs', record.inputs, { ...address, kind: 'ActionInputs' }, runs)),
    ...(await payload('outputs', record.outputs, { ...address, kind: 'ActionOutputs' }, runs)),
    ...(record.retryHistory !== undefined && { retryHistory: record.retryHistory }),
    ...(record.repetitionCount !== undefined && { repetitionCount: record.repetitionCount }),
    ...repeats(record, run),
  };
}

/** Whether the run can be repeated from here on, and whether this is a result of the run that this one repeats. */
function repeats(record: ActionRecord, run: RunRecord): object {
  return {
    ...(canRepeatFrom(record, run) && { canRepeat: true }),
    ...(run.origin !== undefined && record.startTime < run.startTime && { isKept: true }),
  };
}

type Outcome = Pick<ActionRecord, 'status' | 'code' | 'error' | 'startTime' | 'endTime'>;

function outcome({
  status,
  code,
  error,
  startTime,
  endTime,
}: Partial<Outcome> & Pick<Outcome, 'status' | 'startTime'>): object {
  return {
    status,
    ...(code !== undefined && { code }),
    ...(error !== undefined && { error }),
    startTime,
    ...(endTime !== undefined && { endTime }),
  };
}

/** A payload itself, or, when it is large, where it is. */
async function payload(
  name: 'inputs' | 'outputs',
  text: JsonText | undefined,
  address: ContentAddress,
  runs: RunService,
): Promise<object> {
  if (text === undefined) return {};
  const sizeBytes = Buffer.byteLength(text);
  if (sizeBytes <= largestPayloadBytes) return { [name]: JSON.parse(text) as JsonValue };
  return { [name]: { $truncated: true, sizeBytes, uri: (await runs.link(address, text)).uri } };
}
