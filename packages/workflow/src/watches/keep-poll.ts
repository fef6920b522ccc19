import { ExpressionError, parseJson, stringify } from '@patchbay/expression';
import type { PollAnswer, WatchFailure, WatchRecord } from '../contract.ts';
import { DefinitionError } from '../failures.ts';
import { nextRecurrence } from '../recurrence/next-recurrence.ts';
import { isRetryableStatus, retryDelayMs } from '../retry/retry-policy.ts';
import { backOffMs } from './back-off.ts';
import { callSource, failed, parseState, type WatchHost, watchedTrigger, without } from './watch-host.ts';

/** However long an API is away, it is asked again this often. */
const longestPauseMs = 300_000;
/** An API that has nothing and asks to be asked at once is given a moment. */
const shortestPauseMs = 1_000;
/** How soon what is pending asks again for a place among the runs of its trigger. */
const placePauseMs = 10_000;
/** However long a pause an API asks for. */
const longestAskedMs = 86_400_000;

type Watched = NonNullable<ReturnType<typeof watchedTrigger>>;

/**
 * Asks the API once. What it brings is durable, together with the state that the next poll begins with, before any of it becomes a run,
 * and every run has a key of its own: after a crash what is pending is fired again, and the runs that exist already are not.
 */
export async function poll(host: WatchHost, claimed: WatchRecord): Promise<void> {
  const found = watchedTrigger(await host.load(claimed.flowId, claimed.flowRevision), claimed);
  if (found === undefined || found.watch.kind === 'subscription') {
    await host.watches.remove(claimed.watchId);
    return;
  }
  const left = claimed.pending === undefined ? claimed : await firePending(host, found, claimed);
  if (left === undefined) return;
  const answer = await ask(host, found, left);
  const nowMs = host.clock.nowMs();
  if (answer.kind === 'failed') await failedToPoll(host, found, left, answer, nowMs);
  else await polled(host, found, left, answer, nowMs);
}

function ask(host: WatchHost, { loaded, trigger, watch }: Watched, record: WatchRecord) {
  return callSource(host, record, async (context): Promise<PollAnswer> => {
    try {
      if (watch.kind === 'subscription') throw new TypeError('a subscription is not polled');
      const call = watch.poll(host.sight(loaded, trigger));
      const { takesAnyStatus } = trigger;
      return await host.source.poll(call, parseState(record.state), context, { takesAnyStatus });
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return failed('InvalidTemplate', `Trigger '${trigger.name}' cannot be evaluated: ${error.message}`, false);
    }
  });
}

async function polled(
  host: WatchHost,
  found: Watched,
  record: WatchRecord,
  answer: Extract<PollAnswer, { kind: 'polled' }>,
  nowMs: number,
): Promise<void> {
  const { outputs, retryAfterMs } = answer;
  const isIdle = outputs === undefined && retryAfterMs !== undefined;
  const pauseMs = isIdle ? Math.max(retryAfterMs, shortestPauseMs) : retryAfterMs;
  const nextMs = nextPollMs(host, found, record, nowMs, pauseMs);
  const next: WatchRecord = {
    ...without(record, 'error', 'dueMs'),
    status: 'Active',
    state: JSON.stringify(answer.state),
    attempts: 0,
    activeSinceMs: record.activeSinceMs ?? nowMs,
    lastContactMs: nowMs,
    ...(nextMs !== undefined && { dueMs: nextMs }),
  };
  if (outputs === undefined) {
    await host.watches.change(next);
    return;
  }
  const pending = { ...next, sequence: record.sequence + 1, pending: stringify({ outputs }), lastEventMs: nowMs };
  const kept = await host.watches.change({ ...pending, dueMs: nowMs }, { keepsLease: true });
  if (kept === undefined) return;
  const fired = await firePending(host, found, kept);
  if (fired !== undefined)
    await host.watches.change(nextMs === undefined ? without(fired, 'dueMs') : { ...fired, dueMs: nextMs });
}

/** Answers the record without what was pending, still held; `undefined`: it is somebody else's now, or cannot go on. */
async function firePending(host: WatchHost, { loaded, trigger }: Watched, record: WatchRecord) {
  const outputs = parseJson(record.pending ?? '{}');
  const value = typeof outputs === 'object' && outputs !== null && 'outputs' in outputs ? outputs['outputs'] : null;
  try {
    const key = `poll/${record.watchId}/${record.sequence}`;
    if ((await host.fire(loaded, trigger.name, value ?? null, key)) === 'full') {
      await host.watches.change({ ...record, dueMs: host.clock.nowMs() + placePauseMs });
      return undefined;
    }
  } catch (error) {
    if (!(error instanceof DefinitionError)) throw error;
    await host.watches.change({
      ...without(record, 'dueMs'),
      status: 'Failed',
      error: { code: error.code, message: error.message },
    });
    return undefined;
  }
  return host.watches.change(without(record, 'pending'), { keepsLease: true });
}

async function failedToPoll(
  host: WatchHost,
  found: Watched,
  record: WatchRecord,
  failure: WatchFailure,
  nowMs: number,
): Promise<void> {
  const { error } = failure;
  const attempts = record.attempts + 1;
  const dueMs = nextAttemptMs(host, found, { ...record, attempts }, failure, nowMs);
  const kept = await host.watches.change({ ...record, attempts, error, lastContactMs: nowMs, dueMs });
  if (kept === undefined || attempts > 1) return;
  const { flowId, trigger } = record;
  const { code, message } = error;
  await host.watches.note({ flowId, trigger, atMs: nowMs, event: 'poll', status: 'Failed', code, message });
}

/** A trigger with a policy of its own retries as that says, and then waits for its recurrence; others pause longer with every failure. */
function nextAttemptMs(
  host: WatchHost,
  found: Watched,
  record: WatchRecord,
  { isRetryable, statusCode, retryAfterMs }: WatchFailure,
  nowMs: number,
): number {
  const { attempts } = record;
  const usualMs = nextPollMs(host, found, record, nowMs, undefined) ?? 0;
  const policy = found.watch.kind === 'poll' ? found.watch.retryPolicy : undefined;
  if (policy === undefined) {
    const pauseMs = Math.max(Math.min(backOffMs(attempts), longestPauseMs), backOffMs(1, retryAfterMs ?? 0));
    return Math.max(usualMs, nowMs + pauseMs);
  }
  const retries = policy.kind === 'none' ? 0 : policy.count;
  const isWorthIt = statusCode === undefined ? isRetryable : isRetryableStatus(policy, statusCode);
  const retry = ((attempts - 1) % (retries + 1)) + 1;
  const pauseMs = isWorthIt ? retryDelayMs(policy, retry, host.random(), retryAfterMs) : undefined;
  if (pauseMs !== undefined) return nowMs + pauseMs;
  return Math.max(usualMs, nowMs + Math.min(retryAfterMs ?? 0, longestAskedMs));
}

/** What the API says goes before the recurrence; a trigger that is told when to fetch has neither. */
function nextPollMs(
  host: WatchHost,
  { loaded, trigger, watch }: Watched,
  record: WatchRecord,
  nowMs: number,
  retryAfterMs: number | undefined,
): number | undefined {
  if (retryAfterMs !== undefined) return nowMs + Math.min(retryAfterMs, longestAskedMs);
  if (watch.kind !== 'poll') return undefined;
  const read = host.recurrence(loaded, trigger);
  if (read?.kind !== 'recurrence') return nowMs + longestPauseMs;
  const { recurrence } = read;
  // Without a schedule the interval counts from the last look, however late it was.
  const anchorMs = recurrence.schedule === undefined ? nowMs : record.createdAtMs;
  return nextRecurrence(recurrence, { afterMs: nowMs, anchorMs });
}
