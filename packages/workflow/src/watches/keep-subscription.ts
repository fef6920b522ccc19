import { ExpressionError, type Value } from '@patchbay/expression';
import type { SubscribeAnswer, WatchFailure, WatchRecord } from '../contract.ts';
import { backOffMs, maximumAttempts } from './back-off.ts';
import { callSource, failed, leaseMs, parseState, type WatchHost, watchedTrigger, without } from './watch-host.ts';

/** However soon a subscription ends, it is not renewed more often. */
const shortestPauseMs = 10_000;

/** Asks the API for events, at an address of this attempt's own. */
export async function subscribe(host: WatchHost, claimed: WatchRecord): Promise<void> {
  const found = watchedTrigger(await host.load(claimed.flowId, claimed.flowRevision), claimed);
  if (found === undefined || found.watch.kind === 'poll') {
    await host.watches.remove(claimed.watchId);
    return;
  }
  const addressId = host.guid();
  // The address is durable before the API knows it: it may call before it has answered.
  const record = await host.watches.change({ ...claimed, addressId }, { keepsLease: true });
  if (record === undefined) return;
  const answer = await askToSubscribe(host, found, record, addressId);
  if (answer.kind === 'failed') await failedToSubscribe(host, record, answer);
  else await subscribed(host, record, answer);
}

/**
 * Subscribes again before a subscription ends, at the address that the API has, so that no event falls between the two; the earlier
 * one is given back when the later one stands.
 */
export async function renew(host: WatchHost, record: WatchRecord): Promise<void> {
  const { addressId, flowId, trigger, state: earlier } = record;
  const found = watchedTrigger(await host.load(flowId, record.flowRevision), record);
  if (found === undefined || found.watch.kind === 'poll' || addressId === undefined) {
    await host.watches.change(without(record, 'dueMs'));
    return;
  }
  const answer = await askToSubscribe(host, found, record, addressId);
  const nowMs = host.clock.nowMs();
  if (answer.kind === 'failed') {
    await failedToRenew(host, record, answer);
    return;
  }
  const state = JSON.stringify(answer.state);
  const givingBack = (given: string): WatchRecord => ({
    ...without(record, 'error', 'addressId'),
    watchId: host.guid(),
    status: 'Ending',
    state: given,
    attempts: 0,
    version: 1,
    dueMs: nowMs,
  });
  const kept = await host.watches.change({ ...active(record, nowMs, answer), state });
  if (kept === undefined) {
    // The flow was stopped or changed meanwhile, and what it gave back was the earlier one.
    await host.watches.insert(givingBack(state));
    return;
  }
  await host.watches.note({ flowId, trigger, atMs: nowMs, event: 'renew', status: 'Succeeded', code: 'OK' });
  if (earlier !== undefined && earlier !== state) await host.watches.insert(givingBack(earlier));
}

async function askToSubscribe(
  host: WatchHost,
  { watch, trigger, loaded }: Watched,
  record: WatchRecord,
  addressId: string,
): Promise<SubscribeAnswer> {
  const callbackUrl = await host.source.callbackUrl(record.flowId, addressId);
  return callSource(host, record, async (context): Promise<SubscribeAnswer> => {
    try {
      if (watch.kind === 'poll') throw new TypeError('a poll subscribes to nothing');
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
}

type Watched = NonNullable<ReturnType<typeof watchedTrigger>>;
type Success = Extract<SubscribeAnswer, { kind: 'subscribed' }>;

/** A record whose subscription stands, until it is to be renewed. */
function active(record: WatchRecord, nowMs: number, { renewAtMs }: Success): WatchRecord {
  return {
    ...without(record, 'error', 'dueMs'),
    status: 'Active',
    attempts: 0,
    activeSinceMs: record.status === 'Active' ? (record.activeSinceMs ?? nowMs) : nowMs,
    lastContactMs: nowMs,
    ...(renewAtMs !== undefined && { dueMs: Math.max(renewAtMs, nowMs + shortestPauseMs) }),
  };
}

async function subscribed(host: WatchHost, record: WatchRecord, answer: Success): Promise<void> {
  const nowMs = host.clock.nowMs();
  const state = JSON.stringify(answer.state);
  const { flowId, trigger } = record;
  const kept = await host.watches.change({ ...active(record, nowMs, answer), state });
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

/** One that could not be renewed goes on until it ends; it is tried again, and at last as one that has to begin anew. */
async function failedToRenew(host: WatchHost, record: WatchRecord, failure: WatchFailure): Promise<void> {
  const attempts = record.attempts + 1;
  const isFinal = attempts >= maximumAttempts;
  const nowMs = host.clock.nowMs();
  const next = { ...without(record, 'dueMs'), attempts, error: failure.error, lastContactMs: nowMs };
  const kept = await host.watches.change(
    isFinal ? { ...next, status: 'Failed' } : { ...next, dueMs: nowMs + backOffMs(attempts, failure.retryAfterMs) },
  );
  if (kept !== undefined && (isFinal || attempts === 1)) await noteFailure(host, record, 'renew', failure);
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
  event: 'subscribe' | 'renew' | 'unsubscribe',
  { error: { code, message } }: WatchFailure,
): Promise<void> {
  await host.watches.note({ flowId, trigger, atMs: host.clock.nowMs(), event, status: 'Failed', code, message });
}
