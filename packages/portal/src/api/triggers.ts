import type { Json } from './request.ts';
import { request } from './request.ts';

export type Watch = {
  readonly kind: 'subscription' | 'poll';
  readonly status: 'Starting' | 'Active' | 'Stopped' | 'Ending' | 'Failed' | 'EndFailed';
  readonly activeSince?: string;
  readonly lastContact?: string;
  readonly lastEvent?: string;
  readonly nextContact?: string;
  readonly attempts: number;
  readonly error?: { readonly code: string; readonly message: string };
  readonly state: Json;
};

export type TriggerState = {
  readonly watches: readonly Watch[];
  readonly notes: readonly {
    readonly at: string;
    readonly event: 'subscribe' | 'renew' | 'unsubscribe' | 'poll' | 'fire';
    readonly status: 'Succeeded' | 'Failed' | 'Skipped';
    readonly code: string;
    readonly message?: string;
  }[];
};

function triggerPath(flow: string, trigger: string): string {
  return `/api/flows/${flow}/triggers/${encodeURIComponent(trigger)}`;
}

export function getTriggerState(flow: string, trigger: string): Promise<TriggerState> {
  return request('GET', `${triggerPath(flow, trigger)}/state`);
}

/** `null`: the next poll is the first again. */
export function putTriggerState(flow: string, trigger: string, state: Json): Promise<unknown> {
  return request('PUT', `${triggerPath(flow, trigger)}/state`, { state });
}

export function checkTrigger(flow: string, trigger: string): Promise<unknown> {
  return request('POST', `${triggerPath(flow, trigger)}/check`, {});
}
