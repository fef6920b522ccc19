import type { RunRecord, RunSummary, TriggerRecord, TriggerSummary } from './contract.ts';

/** What lists have of a run. */
export function summarizeRun(run: RunRecord): RunSummary {
  return {
    runId: run.runId,
    flowId: run.flowId,
    flowRevision: run.flowRevision,
    status: run.status,
    ...(run.code !== undefined && { code: run.code }),
    ...(run.error !== undefined && { error: run.error }),
    startTime: run.startTime,
    ...(run.endTime !== undefined && { endTime: run.endTime }),
    clientTrackingId: run.clientTrackingId,
    ...(run.origin !== undefined && { origin: run.origin }),
    trigger: summarizeTrigger(run.trigger),
  };
}

export function summarizeTrigger({ inputs, outputs, ...rest }: TriggerRecord): TriggerSummary {
  return {
    ...rest,
    ...(inputs !== undefined && { inputsBytes: Buffer.byteLength(inputs) }),
    ...(outputs !== undefined && { outputsBytes: Buffer.byteLength(outputs) }),
  };
}

/** Positive when the left run stands behind the right one in a history. */
export function compareInHistory(
  left: Pick<RunRecord, 'startTime' | 'runId'>,
  right: Pick<RunRecord, 'startTime' | 'runId'>,
): number {
  if (left.startTime !== right.startTime) return left.startTime > right.startTime ? -1 : 1;
  if (left.runId === right.runId) return 0;
  return left.runId < right.runId ? -1 : 1;
}
