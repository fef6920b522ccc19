import type { JsonValue } from '@patchbay/expression';
import { ExpressionError } from '@patchbay/expression';
import type { Giving } from '../actions/action-kind.ts';
import { InvocationError } from '../failures.ts';
import { isRetryableStatus, parseRetryAfterMs, retryDelayMs } from '../retry/retry-policy.ts';
import type { Activity, Call } from './activity.ts';
import { callContext } from './call-context.ts';
import type { CallHost } from './call-host.ts';

/** How long an action that waits no more tries to say so before it ends all the same. */
const patienceMs = 30_000;
const attemptMs = 10_000;
/** The subscription is not there: as good as given back. */
const goneStatuses = new Set([404, 410]);

/** Gives a subscription back, tried again while there is time; `undefined`: there is nothing to say. Never rejects. */
export function giveBackSubscription(
  host: CallHost,
  activity: Activity,
  call: Call,
  subscription: JsonValue | undefined,
): Promise<void> | undefined {
  const giving = readGiving(host, activity, call, subscription);
  if (giving === undefined) return undefined;
  const abort = new AbortController();
  call.abort = abort;
  return tryUntilGiven(host, activity, call, giving, abort.signal);
}

function readGiving(
  host: CallHost,
  activity: Activity,
  { request }: Call,
  subscription: JsonValue | undefined,
): Giving | undefined {
  if (request.kind !== 'call') return undefined;
  try {
    return request.callback?.unsubscribe(host.stepAt(activity), subscription);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    host.report(error, activity, refused);
    return undefined;
  }
}

const refused = 'a subscription could not be given back';

async function tryUntilGiven(
  host: CallHost,
  activity: Activity,
  call: Call,
  giving: Giving,
  signal: AbortSignal,
): Promise<void> {
  const untilMs = host.clock.nowMs() + patienceMs;
  for (let attempt = 1; ; attempt++) {
    const failure = await tryOnce(host, activity, call, giving, signal);
    if (failure === undefined || signal.aborted) return;
    const delayMs = failure.isRetryable
      ? retryDelayMs(giving.retryPolicy, attempt, host.random(), failure.retryAfterMs)
      : undefined;
    if (delayMs === undefined || host.clock.nowMs() + delayMs > untilMs) {
      host.report(failure.error, activity, refused);
      return;
    }
    await pause(host, delayMs, signal);
  }
}

type Refusal = { readonly error: unknown; readonly isRetryable: boolean; readonly retryAfterMs?: number };

async function tryOnce(
  host: CallHost,
  activity: Activity,
  call: Call,
  { invocation, retryPolicy }: Giving,
  signal: AbortSignal,
): Promise<Refusal | undefined> {
  const nowMs = host.clock.nowMs();
  const deadline = new AbortController();
  const overdue = Promise.withResolvers<never>();
  const giveUp = (): void => {
    deadline.abort();
    overdue.reject(new InvocationError('ActionTimedOut', 'It was not answered in time.', { retryable: true }));
  };
  const cancel = host.clock.at(nowMs + attemptMs, giveUp);
  signal.addEventListener('abort', giveUp);
  try {
    const context = callContext(host, activity, call, { timeoutMs: attemptMs, signal: deadline.signal });
    const { statusCode, headers } = await Promise.race([host.invoker.invoke(invocation, context), overdue.promise]);
    if (statusCode < 300 || goneStatuses.has(statusCode)) return undefined;
    const retryAfterMs = parseRetryAfterMs(headers['retry-after'], host.clock.nowMs());
    const error = new Error(`it was answered with the status ${statusCode}`);
    const isRetryable = isRetryableStatus(retryPolicy, statusCode);
    return { error, isRetryable, ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  } catch (error) {
    return { error, isRetryable: error instanceof InvocationError && error.retryable };
  } finally {
    cancel();
    signal.removeEventListener('abort', giveUp);
  }
}

/** Ends early when nobody wants the rest any more. */
function pause(host: CallHost, delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const end = (): void => {
      cancel();
      signal.removeEventListener('abort', end);
      resolve();
    };
    const cancel = host.clock.at(host.clock.nowMs() + delayMs, end);
    signal.addEventListener('abort', end);
  });
}
