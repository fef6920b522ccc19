import type { ActionRecord, RunRecord, RunSummary } from '@patchbay/workflow';
import type { ContentAddress, ContentLink, RunService, SizedLink } from '../services/run-service.ts';
import { flowId } from './flow-view.ts';

/** A run in the ecosystem's shape; payloads are links that can be fetched without a token. */
export async function runView(
  run: RunRecord,
  environmentId: string,
  runs: RunService,
  actions?: object,
): Promise<object> {
  const address = { flowId: run.flowId, runId: run.runId };
  return view(run, environmentId, await links(runs, address, run.trigger, 'Trigger'), {
    ...(actions !== undefined && { actions }),
  });
}

/** A run as a list has it: its links say what is behind them by size only. */
export async function summaryView(run: RunSummary, environmentId: string, runs: RunService): Promise<object> {
  return view(run, environmentId, await sizedLinks(run, runs));
}

function view(run: RunSummary | RunRecord, environmentId: string, links: TriggerLinks, more: object = {}): object {
  const { trigger } = run;
  return {
    name: run.runId,
    id: `${flowId(environmentId, run.flowId)}/runs/${run.runId}`,
    type: 'Microsoft.ProcessSimple/environments/flows/runs',
    properties: {
      startTime: run.startTime,
      ...(run.endTime !== undefined && { endTime: run.endTime }),
      status: run.status,
      ...(run.code !== undefined && { code: run.code }),
      ...(run.error !== undefined && { error: run.error }),
      correlation: { clientTrackingId: run.clientTrackingId },
      trigger: {
        name: trigger.name,
        ...links,
        startTime: trigger.startTime,
        endTime: trigger.endTime,
        originHistoryName: run.origin?.runId ?? run.runId,
        correlation: { clientTrackingId: run.clientTrackingId },
        status: trigger.status,
        ...(trigger.code !== undefined && { code: trigger.code }),
      },
      ...more,
      isAborted: false,
    },
  };
}

/** An action of a run in the ecosystem's shape. */
export async function actionView(
  record: ActionRecord,
  run: RunRecord,
  environmentId: string,
  runs: RunService,
): Promise<object> {
  const id = `${flowId(environmentId, run.flowId)}/runs/${run.runId}/actions/${record.action}`;
  return {
    id,
    name: record.action,
    type: 'Microsoft.ProcessSimple/environments/flows/runs/actions',
    properties: await actionProperties(record, run, runs),
  };
}

/** One iteration of an action; named by its indexes. */
export async function repetitionView(
  record: ActionRecord,
  run: RunRecord,
  environmentId: string,
  runs: RunService,
): Promise<object> {
  const id = `${flowId(environmentId, run.flowId)}/runs/${run.runId}/actions/${record.action}/repetitions/${record.iteration}`;
  return {
    id,
    name: record.iteration,
    type: 'Microsoft.ProcessSimple/environments/flows/runs/actions/repetitions',
    properties: await actionProperties(record, run, runs),
  };
}

export async function actionProperties(record: ActionRecord, run: RunRecord, runs: RunService): Promise<object> {
  const address = { flowId: run.flowId, runId: run.runId, action: record.action, iteration: record.iteration };
  return {
    startTime: record.startTime,
    ...(record.endTime !== undefined && { endTime: record.endTime }),
    status: record.status,
    ...(record.code !== undefined && { code: record.code }),
    ...(record.error !== undefined && { error: record.error }),
    trackingId: record.trackingId,
    correlation: { actionTrackingId: record.trackingId, clientTrackingId: run.clientTrackingId },
    ...(await links(runs, address, record, 'Action')),
    ...(record.trackedProperties !== undefined && {
      trackedProperties: JSON.parse(record.trackedProperties) as unknown,
    }),
    ...(record.retryHistory !== undefined && { retryHistory: record.retryHistory }),
    ...(record.repetitionCount !== undefined && { repetitionCount: record.repetitionCount }),
    canResubmit: canRepeatFrom(record, run),
    ...((await runs.isStatic(run, record)) && { executionMode: 'StaticResults' }),
  };
}

/** Whether a run can be repeated from an action on: it has ended, and the action had its turn. */
export function canRepeatFrom({ status }: Pick<ActionRecord, 'status'>, run: RunRecord): boolean {
  return run.endTime !== undefined && status !== 'Skipped';
}

/** What a run's trigger was given and gave, as links that can be fetched without a token. */
export type TriggerLinks = { readonly inputsLink?: SizedLink; readonly outputsLink?: SizedLink };

export async function triggerLinks(run: RunRecord, runs: RunService): Promise<TriggerLinks> {
  const { flowId, runId, trigger } = await runs.conceal(run);
  return links(runs, { flowId, runId }, trigger, 'Trigger');
}

/** The same for lists: what is behind a link is known by its size only. */
export async function summaryTriggerLinks(run: RunSummary, runs: RunService): Promise<TriggerLinks> {
  return sizedLinks(await runs.concealSummary(run), runs);
}

async function sizedLinks({ flowId, runId, trigger }: RunSummary, runs: RunService): Promise<TriggerLinks> {
  const address = { flowId, runId };
  const { inputsBytes, outputsBytes } = trigger;
  return {
    ...(inputsBytes !== undefined && {
      inputsLink: await runs.sizedLink({ ...address, kind: 'TriggerInputs' }, inputsBytes),
    }),
    ...(outputsBytes !== undefined && {
      outputsLink: await runs.sizedLink({ ...address, kind: 'TriggerOutputs' }, outputsBytes),
    }),
  };
}

async function links(
  runs: RunService,
  address: Omit<ContentAddress, 'kind'>,
  payloads: { readonly inputs?: string; readonly outputs?: string },
  owner: 'Trigger' | 'Action',
): Promise<{ readonly inputsLink?: ContentLink; readonly outputsLink?: ContentLink }> {
  const { inputs, outputs } = payloads;
  return {
    ...(inputs !== undefined && { inputsLink: await runs.link({ ...address, kind: `${owner}Inputs` }, inputs) }),
    ...(outputs !== undefined && { outputsLink: await runs.link({ ...address, kind: `${owner}Outputs` }, outputs) }),
  };
}
