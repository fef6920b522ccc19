import type { Description } from './connectors.ts';
import { type ApiFinding, type Json, request, requestHeader } from './request.ts';

export type FlowDefinition = {
  readonly triggers?: { readonly [name: string]: Step };
  readonly actions?: { readonly [name: string]: Step };
  readonly [name: string]: unknown;
};

/** A trigger or an action as its definition writes it. */
export type Step = {
  readonly type?: string;
  readonly actions?: { readonly [name: string]: Step };
  readonly else?: { readonly actions?: { readonly [name: string]: Step } };
  readonly cases?: {
    readonly [name: string]: { readonly case?: Json; readonly actions?: { readonly [name: string]: Step } };
  };
  readonly default?: { readonly actions?: { readonly [name: string]: Step } };
  readonly [name: string]: unknown;
};

export type Flow = {
  readonly name: string;
  readonly properties: {
    readonly displayName: string;
    readonly state: 'Started' | 'Stopped';
    readonly definition?: FlowDefinition;
    readonly parameters?: { readonly [name: string]: Json };
    readonly connectionReferences?: {
      readonly [name: string]: {
        readonly connectionName?: string;
        readonly id?: string;
        readonly displayName?: string;
      };
    };
    readonly definitionSummary?: { readonly triggers: readonly { readonly type: string; readonly kind?: string }[] };
    readonly lastModifiedTime: string;
  };
};

export type RunSummary = {
  readonly name: string;
  readonly properties: {
    readonly status: string;
    readonly startTime: string;
    readonly endTime?: string;
    readonly code?: string;
    readonly error?: { readonly code: string; readonly message: string };
    readonly trigger: { readonly originHistoryName: string };
  };
};

function flowsPath(environment: string, rest = ''): string {
  return `/providers/Microsoft.ProcessSimple/environments/${encodeURIComponent(environment)}/flows${rest}`;
}

const version = 'api-version=2016-11-01';

export async function listFlows(environment: string): Promise<readonly Flow[]> {
  return (await request<{ readonly value: readonly Flow[] }>('GET', `${flowsPath(environment)}?${version}`)).value;
}

export function getFlow(environment: string, id: string): Promise<Flow> {
  return request('GET', `${flowsPath(environment, `/${id}`)}?${version}`);
}

/** A flow as it is deployed. */
export type FlowDeployment = {
  readonly displayName: string;
  readonly definition: unknown;
  readonly parameters: { readonly [name: string]: Json };
  readonly connectionReferences: { readonly [reference: string]: Json };
};

export type ReadFlows = { readonly flows: readonly FlowDeployment[]; readonly findings: readonly ApiFinding[] };

/** The flows of a document of any form. */
export function readFlows(document: Description, fileName: string | undefined): Promise<ReadFlows> {
  return request('POST', '/api/flows/read', { document, ...(fileName !== undefined && { fileName }) });
}

export type ExportedFlow = {
  readonly fileName: string;
  readonly file: { readonly '$content-type': string; readonly $content: string };
  readonly findings: readonly ApiFinding[];
};

export function exportFlow(id: string, form: string): Promise<ExportedFlow> {
  return request('GET', `/api/flows/${id}/export?form=${encodeURIComponent(form)}`);
}

export function createFlow(environment: string, flow: FlowDeployment): Promise<Flow> {
  return request('POST', `${flowsPath(environment)}?${version}`, {
    properties: { ...flow, state: 'Started', environment: { name: environment } },
  });
}

/** Puts another revision in its place. */
export function updateFlow(environment: string, id: string, flow: FlowDeployment): Promise<Flow> {
  return request('PATCH', `${flowsPath(environment, `/${id}`)}?${version}`, { properties: flow });
}

export type FlowValidation = {
  readonly errors: number;
  readonly warnings: number;
  readonly findings: readonly ApiFinding[];
};

/** What is wrong with a flow, given as its text or as its definition. */
export function validateFlow(
  environment: string,
  definition: unknown,
  connectionReferences: unknown,
): Promise<FlowValidation> {
  return request('POST', '/api/flows/validate', { environment, definition, connectionReferences });
}

export function setFlowState(environment: string, id: string, state: 'start' | 'stop'): Promise<unknown> {
  return request('POST', `${flowsPath(environment, `/${id}/${state}`)}?${version}`);
}

export function deleteFlow(environment: string, id: string): Promise<unknown> {
  return request('DELETE', `${flowsPath(environment, `/${id}`)}?${version}`);
}

/** A part of a flow's history, and how to go on from it. */
export type RunList = { readonly runs: readonly RunSummary[]; readonly next?: string };

export type RunFilter = { readonly status?: string | undefined; readonly startedFrom?: string | undefined };

/** Runs of a flow, newest first, fifty at a time; `next` is what an earlier part said. */
export async function listRuns(
  environment: string,
  id: string,
  { status, startedFrom, next }: RunFilter & { readonly next?: string | undefined },
): Promise<RunList> {
  const conditions = [
    ...(status === undefined ? [] : [`status eq '${status}'`]),
    ...(startedFrom === undefined ? [] : [`startTime ge ${startedFrom}`]),
  ];
  const query = new URLSearchParams({
    'api-version': '2016-11-01',
    $top: '50',
    ...(conditions.length > 0 && { $filter: conditions.join(' and ') }),
    ...(next !== undefined && { $skiptoken: next }),
  });
  const answer = await request<{ readonly value: readonly RunSummary[]; readonly nextLink?: string }>(
    'GET',
    `${flowsPath(environment, `/${id}/runs`)}?${query}`,
  );
  const token = answer.nextLink === undefined ? null : new URL(answer.nextLink).searchParams.get('$skiptoken');
  return { runs: answer.value, ...(token !== null && { next: token }) };
}

export async function readCallbackUrl(environment: string, id: string, trigger: string): Promise<string> {
  const path = flowsPath(environment, `/${id}/triggers/${encodeURIComponent(trigger)}/listCallbackUrl`);
  return (await request<{ readonly response: { readonly value: string } }>('POST', `${path}?${version}`, {})).response
    .value;
}

export function cancelRun(environment: string, flow: string, run: string): Promise<unknown> {
  return request('POST', `${flowsPath(environment, `/${flow}/runs/${run}/cancel`)}?${version}`);
}

/** Repeats a run, all of it or from an action on; the new run's id. The same key again repeats nothing. */
export function repeatRun(
  environment: string,
  flow: string,
  run: string,
  options: { readonly from?: string | undefined; readonly key: string },
): Promise<string> {
  const path = `${flowsPath(environment, `/${flow}/runs/${run}/resubmit`)}?${version}`;
  return requestHeader('x-ms-workflow-run-id', 'POST', path, {
    idempotencyKey: options.key,
    ...(options.from !== undefined && { body: { actionsToResubmit: [{ name: options.from }] } }),
  });
}

export function runNow(id: string, trigger: string, body: Json | undefined): Promise<{ readonly runId: string }> {
  return request(
    'POST',
    `/api/flows/${id}/triggers/${encodeURIComponent(trigger)}/run`,
    body === undefined ? {} : { body },
  );
}

export type Outcome = {
  readonly status: string;
  readonly code?: string;
  readonly error?: { readonly code: string; readonly message: string };
  readonly startTime?: string;
  readonly endTime?: string;
  readonly inputs?: Json;
  readonly outputs?: Json;
};

/** A step of a run: its trigger or one of its actions. */
export type RunStep = Outcome & {
  readonly name: string;
  /** Payloads that no history shows, as the flow secures them. */
  readonly hidden?: readonly ('inputs' | 'outputs')[];
};

export type RunAction = RunStep & {
  readonly type: string;
  readonly parent?: string;
  readonly branch?: string;
  readonly retryHistory?: readonly Json[];
  readonly repetitionCount?: number;
  /** The run has ended, and may be repeated from here on. */
  readonly canRepeat?: boolean;
  /** The result is that of the run which this one repeats. */
  readonly isKept?: boolean;
  readonly repetitions?: readonly (Outcome & { readonly iteration: string })[];
};

export type RunPage = Outcome & {
  readonly runId: string;
  readonly flowId: string;
  /** The run that this one repeats, from some actions on or as a whole. */
  readonly origin?: { readonly runId: string; readonly actions?: readonly string[] };
  readonly trigger: RunStep;
  readonly actions: readonly RunAction[];
  readonly response?: Json;
};

export function getRun(flow: string, run: string): Promise<RunPage> {
  return request('GET', `/api/flows/${flow}/runs/${run}`);
}
