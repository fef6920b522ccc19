import type { RunSummary, TriggerNote } from '@patchbay/workflow';
import { flowId } from './flow-view.ts';
import { timeText } from './resource.ts';
import type { TriggerLinks } from './run-view.ts';

/** One time that a trigger fired, was called, or looked: of a run by the run's name, else by when it was. */
export type TriggerHistory =
  | { readonly kind: 'run'; readonly run: RunSummary }
  | { readonly kind: 'note'; readonly note: TriggerNote };

export function historyName(history: TriggerHistory): string {
  return history.kind === 'run' ? history.run.runId : `${history.note.event}-${history.note.atMs}`;
}

/** In the ecosystem's shape. */
export function triggerHistoryView(
  history: TriggerHistory,
  place: { readonly environmentId: string; readonly flowId: string; readonly trigger: string },
  links: TriggerLinks,
): object {
  const flow = flowId(place.environmentId, place.flowId);
  const name = historyName(history);
  return {
    id: `${flow}/triggers/${place.trigger}/histories/${name}`,
    name,
    type: 'Microsoft.ProcessSimple/environments/flows/triggers/histories',
    properties: history.kind === 'run' ? fired(history.run, flow, links) : notFired(history.note),
  };
}

function fired(run: RunSummary, flow: string, links: TriggerLinks): object {
  const { trigger } = run;
  return {
    startTime: trigger.startTime,
    endTime: trigger.endTime,
    ...(trigger.scheduledTime !== undefined && { scheduledTime: trigger.scheduledTime }),
    status: trigger.status,
    ...(trigger.code !== undefined && { code: trigger.code }),
    correlation: { clientTrackingId: run.clientTrackingId },
    ...links,
    fired: true,
    run: {
      id: `${flow}/runs/${run.runId}`,
      name: run.runId,
      type: 'Microsoft.ProcessSimple/environments/flows/runs',
    },
  };
}

function notFired({ atMs, status, code, message }: TriggerNote): object {
  const at = timeText(atMs);
  return {
    startTime: at,
    endTime: at,
    status,
    code,
    ...(message !== undefined && { error: { code, message } }),
    fired: false,
  };
}
