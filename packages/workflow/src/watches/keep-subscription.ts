import { ExpressionError, type Value } from '@patchbay/expression';
import type { SubscribeAnswer, WatchFailure, WatchRecord } from '../watch-contract.ts';
import { backOffMs, maximumAttempts } from './back-off.ts';
import { callSource, failed, leaseMs, parseState, type WatchHost, watchedTrigger, without } from './watch-host.ts';

/** Asks the API for events, at an address of this attempt's own. */
export async function subscribe(host: WatchHost, claimed: WatchRecord): Promise<void> {
  const found = watchedTrigger(await host.load(claimed.flowId, claimed.flowRevision), claimed);
  if (found === undefined || found.watch.kind === 'poll') {
    await host.watches.remove(claimed.watchId);
    return;
  }
  const { watch, trigger, loaded } = found;
  const addressId = host.guid();
  // The address is durable before the API knows it: it may call before it has answered.
  const record = await host.watches.change({ ...claimed, addressId }, { keepsLease: true });
  if (record === undefined) return;
  const callbackUrl = await host.source.callbackUrl(record.flowId, addressId);
  const answer = await callSource(host, record, async (context): Promise<SubscribeAnswer> => {
    try {
      const call = watch.subscribe(host.sight(loaded, trigger, { callbackUrl }));
      const isLinked = watch.kind === 'notification' && watch.isLinked;
      const unsubscribe = watch.kind === 'subscription' ? watch.unsubscribe : undefined;
      const options = {
        callbackUrl,
        isLinked,
        ...(unsubscribe !== undefined && {
          unsubscribe: (outputs: Value) => unsubscribe(host.sight(loaded, trigger, { callbackUrl, outputs })),
        }),
      };
      return await host.source.subscribe(call, options, context);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return failed('InvalidTemplate', `Trigger '${trigger.name}' cannot be evaluated: ${error.message}`, false);
    }
  });
  if (answer.kind === 'failed') await failedToSubscribe(host, record, answer);
  else await subscribed(host, record, JSON.stringify(answer.state));
}

async function subscribed(host: WatchHost, record: WatchRecord, state: string): Promise<void> {
  const nowMs = host.clock.nowMs();
  const { flowId, trigger } = record;
  const kept = await host.watches.change({
    ...without(record, 'error', 'dueMs'),
    status: 'Active',
    state,
    attempts: 0,
    activeSinceMs: nowMs,
    lastContactMs: nowMs,
  });
  if (kept !== undefined) {
    await host.watches.note({ flowId, trigger, atMs: nowMs, event: 'subscribe', status: 'Succeeded', code: 'OK' });
    return;
  }
  // The flow was stopped or changed while the API was asked: what it gave has to be given back.
  const ending = await host.watches.find(record.watchId);
  if (ending !== undefined) await host.watches.change({ ...ending, status: 'Ending', state, dueMs: nowMs });
  else await host.watches.insert({ ...record, status: 'Ending', state, attempts: 0, dueMs: nowMs });
}

async function failedToSubscribe(host: WatchHost, record: WatchRecord, failure: WatchFailure): Promise<void> {
  const attempts = record.attempts + 1;
  const isFinal = !failure.isRetryable || attempts >= maximumAttempts;
  const nowMs = host.clock.nowMs();
  const next = { ...without(record, 'dueMs'), attempts, error: failure.error, lastContactMs: nowMs };
  const kept = await host.watches.change(
    isFinal ? { ...next, status: 'Failed' } : { ...next, dueMs: nowMs + backOffMs(attempts, failure.retryAfterMs) },
  );
  if (kept !== undefined && (isFinal || attempts === 1)) await noteFailure(host, record, 'subscribe', failure);
}

/** Gives a subscription back. A watch that cannot be given back stays, for its maker to see. */
export async function unsubscribe(host: WatchHost, record: WatchRecord): Promise<void> {
  const { watchId, flowId, trigger, connection } = record;
  const state = parseState(record.state);
  const answer = await callSource(host, record, (context) => host.source.unsubscribe(connection, state, context));
  const nowMs = host.clock.nowMs();
  if (answer.kind === 'unsubscribed') {
    await host.watches.remove(watchId);
    await host.watches.note({ flowId, trigger, atMs: nowMs, event: 'unsubscribe', status: 'Succeeded', code: 'OK' });
    return;
  }
  const attempts = record.attempts + 1;
  const isFinal = !answer.isRetryable || attempts >= maximumAttempts;
  const next = { ...without(record, 'dueMs'), attempts, error: answer.error, lastContactMs: nowMs };
  await host.watches.change(
    isFinal ? { ...next, status: 'EndFailed' } : { ...next, dueMs: nowMs + backOffMs(attempts, answer.retryAfterMs) },
  );
  if (!isFinal && attempts > 1) return;
  await noteFailure(host, record, 'unsubscribe', answer);
  if (isFinal) host.logger.warn({ flowId, trigger, error: answer.error }, 'a subscription could not be given back');
}

/** When a subscription that may still be under way can be looked at: its call is over by then. */
export function afterCallMs(nowMs: number): number {
  return nowMs + leaseMs;
}

async function noteFailure(
  host: WatchHost,
  { flowId, trigger }: WatchRecord,
  event: 'subscribe' | 'unsubscribe',
  { error: { code, message } }: WatchFailure,
): Promise<void> {
  await host.watches.note({ flowId, trigger, atMs: host.clock.nowMs(), event, status: 'Failed', code, message });
}
