import { request } from './request.ts';

/** A variable of an environment: a secret without its value. */
export type Variable = { readonly name: string; readonly isSecret: boolean; readonly value?: string };

/** How much may go out on each connection of an environment; times in milliseconds. */
export type Limits = {
  readonly requestsPerMinute: number;
  readonly concurrentRequests: number;
  readonly maxWaitMs: number;
  readonly timeoutMs: number;
  readonly retryBudgetPercent: number;
};

function settingsPath(environment: string): string {
  return `/api/environments/${encodeURIComponent(environment)}`;
}

export async function listVariables(environment: string): Promise<readonly Variable[]> {
  const answer = await request<{ readonly variables: readonly Variable[] }>(
    'GET',
    `${settingsPath(environment)}/variables`,
  );
  return answer.variables;
}

export function putVariable(environment: string, name: string, value: string, isSecret: boolean): Promise<unknown> {
  return request('PUT', `${settingsPath(environment)}/variables/${encodeURIComponent(name)}`, { value, isSecret });
}

export function deleteVariable(environment: string, name: string): Promise<unknown> {
  return request('DELETE', `${settingsPath(environment)}/variables/${encodeURIComponent(name)}`);
}

export function getLimits(environment: string): Promise<Limits> {
  return request('GET', `${settingsPath(environment)}/limits`);
}

export function putLimits(environment: string, limits: Limits): Promise<Limits> {
  return request('PUT', `${settingsPath(environment)}/limits`, limits);
}

/** How long runs that have ended are kept; 0: without end, and as many as come. */
export type Retention = { readonly days: number; readonly runsPerFlow: number };

export function getRetention(environment: string): Promise<Retention> {
  return request('GET', `${settingsPath(environment)}/retention`);
}

export function putRetention(environment: string, retention: Retention): Promise<Retention> {
  return request('PUT', `${settingsPath(environment)}/retention`, retention);
}
