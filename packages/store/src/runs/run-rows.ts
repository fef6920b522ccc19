import {
  type ActionRecord,
  type Failure,
  type RunEntry,
  type RunOrigin,
  type RunParent,
  type RunRecord,
  type RunSignal,
  type RunSummary,
  type Status,
  summarizeTrigger,
  type TriggerRecord,
  type TriggerSummary,
} from '@patchbay/workflow';
import type { ActionRecordTable, Database, RunTable } from '../database.ts';
import type { Packed } from './blobs.ts';
import type { SummaryRow } from './run-page.ts';

type Pack = (text: string | undefined) => Packed;
type Unpack = (text: string | null) => string | undefined;

export const runColumns = [
  'run_id',
  'flow_id',
  'flow_revision',
  'status',
  'code',
  'error',
  'start_time',
  'end_time',
  'trigger',
  'client_tracking_id',
  'outputs',
  'response',
  'unique_key',
  'owner',
  'epoch',
  'lease_until_ms',
  'wake_at_ms',
  'cancel_requested',
  'gate',
  'gate_limit',
  'waits_at_gate',
  'parent',
  'caller_until_ms',
  'trigger_summary',
  'origin',
] as const satisfies readonly (keyof RunTable)[];

export const actionColumns = [
  'run_id',
  'action',
  'iteration',
  'sequence',
  'status',
  'code',
  'error',
  'inputs',
  'outputs',
  'start_time',
  'end_time',
  'tracking_id',
  'tracked_properties',
  'retry_history',
  'repetition_count',
  'intent',
  'wake_at_ms',
  'wait_state',
] as const satisfies readonly (keyof ActionRecordTable)[];

export function toRunRow(
  started: Extract<RunEntry, { readonly kind: 'run-started' }>,
  epoch: number,
  pack: Pack,
): RunTable {
  const { run, owner, leaseUntilMs, uniqueKey } = started;
  return {
    run_id: run.runId,
    flow_id: run.flowId,
    flow_revision: run.flowRevision,
    status: run.status,
    code: run.code ?? null,
    error: run.error === undefined ? null : JSON.stringify(run.error),
    start_time: run.startTime,
    end_time: run.endTime ?? null,
    trigger: pack(JSON.stringify(run.trigger)) ?? '{}',
    client_tracking_id: run.clientTrackingId,
    outputs: pack(run.outputs),
    response: pack(run.response),
    unique_key: uniqueKey ?? null,
    owner,
    epoch,
    lease_until_ms: leaseUntilMs,
    wake_at_ms: null,
    cancel_requested: 0,
    gate: run.gate ?? null,
    gate_limit: null,
    waits_at_gate: 0,
    parent: run.parent === undefined ? null : JSON.stringify(run.parent),
    caller_until_ms: run.callerUntilMs ?? null,
    trigger_summary: JSON.stringify(summarizeTrigger(run.trigger)),
    origin: run.origin === undefined ? null : JSON.stringify(run.origin),
  };
}

export function fromRunRow(row: RunTable, unpack: Unpack): RunRecord {
  const [outputs, response] = [unpack(row.outputs), unpack(row.response)];
  return {
    ...fromShownColumns(row),
    trigger: JSON.parse(unpack(row.trigger) ?? '{}') as TriggerRecord,
    ...(outputs !== undefined && { outputs }),
    ...(response !== undefined && { response }),
    ...(row.gate !== null && { gate: row.gate }),
    ...(row.parent !== null && { parent: JSON.parse(row.parent) as RunParent }),
    ...(row.caller_until_ms !== null && { callerUntilMs: row.caller_until_ms }),
  };
}

export function fromSummaryRow(row: SummaryRow, unpack: Unpack): RunSummary {
  return {
    ...fromShownColumns(row),
    trigger:
      row.trigger_summary === null
        ? summarizeTrigger(JSON.parse(unpack(row.trigger) ?? '{}') as TriggerRecord)
        : (JSON.parse(row.trigger_summary) as TriggerSummary),
  };
}

/** What lists and single runs both say. */
function fromShownColumns(row: RunTable | SummaryRow): Omit<RunSummary, 'trigger'> {
  return {
    runId: row.run_id,
    flowId: row.flow_id,
    flowRevision: row.flow_revision,
    status: row.status as Status,
    ...(row.code !== null && { code: row.code }),
    ...(row.error !== null && { error: JSON.parse(row.error) as Failure }),
    startTime: row.start_time,
    ...(row.end_time !== null && { endTime: row.end_time }),
    clientTrackingId: row.client_tracking_id,
    ...(row.origin !== null && { origin: JSON.parse(row.origin) as RunOrigin }),
  };
}

export function toActionRow(record: ActionRecord, pack: Pack): ActionRecordTable {
  return {
    run_id: record.runId,
    action: record.action,
    iteration: record.iteration,
    sequence: record.sequence,
    status: record.status,
    code: record.code ?? null,
    error: record.error === undefined ? null : JSON.stringify(record.error),
    inputs: pack(record.inputs),
    outputs: pack(record.outputs),
    start_time: record.startTime,
    end_time: record.endTime ?? null,
    tracking_id: record.trackingId,
    tracked_properties: record.trackedProperties ?? null,
    retry_history: record.retryHistory === undefined ? null : JSON.stringify(record.retryHistory),
    repetition_count: record.repetitionCount ?? null,
    intent: record.intent === undefined ? null : JSON.stringify(record.intent),
    wake_at_ms: record.wakeAtMs ?? null,
    wait_state: record.waitState ?? null,
  };
}

export function fromActionRow(row: ActionRecordTable, unpack: Unpack): ActionRecord {
  const [inputs, outputs] = [unpack(row.inputs), unpack(row.outputs)];
  return {
    runId: row.run_id,
    action: row.action,
    iteration: row.iteration,
    sequence: row.sequence,
    status: row.status as Status,
    ...(row.code !== null && { code: row.code }),
    ...(row.error !== null && { error: JSON.parse(row.error) as Failure }),
    ...(inputs !== undefined && { inputs }),
    ...(outputs !== undefined && { outputs }),
    startTime: row.start_time,
    ...(row.end_time !== null && { endTime: row.end_time }),
    trackingId: row.tracking_id,
    ...(row.tracked_properties !== null && { trackedProperties: row.tracked_properties }),
    ...(row.retry_history !== null && {
      retryHistory: JSON.parse(row.retry_history) as NonNullable<ActionRecord['retryHistory']>,
    }),
    ...(row.repetition_count !== null && { repetitionCount: row.repetition_count }),
    ...(row.intent !== null && { intent: JSON.parse(row.intent) as NonNullable<ActionRecord['intent']> }),
    ...(row.wake_at_ms !== null && { wakeAtMs: row.wake_at_ms }),
    ...(row.wait_state !== null && { waitState: row.wait_state }),
  };
}

export function fromSignalRow(row: Database['run_signal'], unpack: Unpack): RunSignal {
  return {
    runId: row.run_id,
    action: row.action,
    iteration: row.iteration,
    signalId: row.signal_id,
    payload: unpack(row.payload) ?? 'null',
  };
}
