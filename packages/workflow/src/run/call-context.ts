import { hash } from 'node:crypto';
import type { InvocationContext } from '../contract.ts';
import { type Activity, type Call, recordKey } from './activity.ts';
import type { CallHost } from './call-host.ts';

/** What an invoker is told of who calls. */
export function callContext(
  { environmentId, flowId, flowRevision, runId, clientTrackingId }: CallHost,
  activity: Activity,
  call: Call,
  limits: Pick<InvocationContext, 'timeoutMs' | 'signal' | 'maySend'>,
): InvocationContext {
  return {
    environmentId,
    flowId,
    flowRevision,
    runId,
    action: activity.action.name,
    iteration: activity.frame.iteration,
    attempt: call.history.length + 1,
    actionTrackingId: activity.trackingId,
    clientTrackingId,
    idempotencyKey: call.idempotencyKey,
    ...limits,
  };
}

/** The same for every attempt of one action in one iteration, and shaped like a GUID so that any header takes it. */
export function idempotencyKey(runId: string, activity: Activity): string {
  const hex = hash('sha256', `${runId}/${recordKey(activity.action.name, activity.frame.iteration)}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}
