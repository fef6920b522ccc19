import { hash } from 'node:crypto';
import { ActionFailure } from '../actions/action-failure.ts';
import type { Outcome } from '../actions/action-kind.ts';
import type {
  ActionRecord,
  Clock,
  Failure,
  Invocation,
  InvocationContext,
  InvocationResult,
  Invoker,
  RetryAttempt,
  Timestamp,
} from '../contract.ts';
import { InvocationError } from '../failures.ts';
import { isRetryableStatus, parseRetryAfterMs, retryDelayMs } from '../retry/retry-policy.ts';
import type { Activity, Call } from './activity.ts';
import { recordKey } from './activity.ts';
import { reasonName } from './status-code.ts';
import { valueMember } from './value-types.ts';

/** What calls need of their run. */
export interface CallHost {
  readonly clock: Clock;
  readonly invoker: Invoker;
  readonly environmentId: string;
  readonly flowId: string;
  readonly runId: string;
  readonly clientTrackingId: string;
  random(): number;
  timestamp(): Timestamp;
  /** Starts an effect once everything said so far is durable. */
  afterCommit(effect: () => void): void;
  mark(activity: Activity): void;
  /** Looks at the activity again at a time. */
  park(activity: Activity, wakeAtMs: number): void;
  finish(activity: Activity, result: CallEnd): void;
  /** A callback from outside has changed something. */
  changed(): void;
  report(error: unknown, activity: Activity): void;
}

export type CallEnd = {
  readonly status: 'Succeeded' | 'Failed' | 'TimedOut';
  readonly code: string;
  readonly error?: Failure;
  readonly result?: InvocationResult;
};

const defaultTimeoutMs = 120_000;
/** Of a body that goes in chunks: each of its requests has the time of a call. */
const transferTimeoutMs = 3_600_000;
const defaultPollMs = 20_000;

/** Makes the calls of a run: attempts, retries, deadlines, asynchronous answers, and what a crash left in doubt. */
export class Calls {
  readonly #host: CallHost;
  #inFlight = 0;

  constructor(host: CallHost) {
    this.#host = host;
  }

  /** Calls that are made, or wait for a commit to be made. */
  get inFlight(): number {
    return this.#inFlight;
  }

  start(activity: Activity, request: Extract<Outcome, { kind: 'call' }>): void {
    this.#prepare(activity, request, Date.parse(activity.startTime));
    this.#attempt(activity);
  }

  /** Goes on with what a record left: a retry or a poll that was waited for, or an attempt whose outcome nobody knows. */
  resume(activity: Activity, request: Extract<Outcome, { kind: 'call' }>): void {
    const call = this.#prepare(activity, request, Date.parse(activity.startTime));
    if (activity.status === 'Waiting') {
      const answer = activity.outputs;
      if (valueMember(answer, 'statusCode') === 202) call.location = readLocation(answer, request.invocation);
      this.#host.park(activity, activity.wakeAtMs ?? 0);
      return;
    }
    if (activity.intent === undefined) {
      this.#attempt(activity);
      return;
    }
    this.#settleDoubt(activity, call, activity.intent);
  }

  /** The time that {@link CallHost.park} was asked for has come. */
  wake(activity: Activity): void {
    const { call } = activity;
    if (call === undefined) return;
    activity.status = 'Running';
    activity.wakeAtMs = undefined;
    if (call.deadlineMs !== undefined && this.#host.clock.nowMs() >= call.deadlineMs) {
      this.#timedOut(activity, call, this.#host.timestamp());
    } else if (call.location === undefined) this.#attempt(activity);
    else this.#invoke(activity, call, pollOf(call), true);
  }

  abandon(activity: Activity): void {
    activity.call?.abort?.abort();
  }

  #prepare(activity: Activity, request: Extract<Outcome, { kind: 'call' }>, startedMs: number): Call {
    activity.inputs = request.inputs;
    const call: Call = {
      request,
      idempotencyKey: idempotencyKey(this.#host.runId, activity),
      deadlineMs: request.timeoutMs === undefined ? undefined : startedMs + request.timeoutMs,
      history: [...(activity.retryHistory ?? [])],
      location: undefined,
      abort: undefined,
    };
    activity.call = call;
    return call;
  }

  #attempt(activity: Activity): void {
    const { call } = activity;
    if (call === undefined) return;
    const { invocation } = call.request;
    if (this.#host.invoker.effect(invocation) === 'safe') {
      this.#invoke(activity, call, invocation, false);
      return;
    }
    activity.intent = {
      idempotencyKey: call.idempotencyKey,
      attempt: call.history.length + 1,
      at: this.#host.timestamp(),
    };
    activity.status = 'Running';
    this.#host.mark(activity);
    this.#inFlight++;
    this.#host.afterCommit(() => {
      this.#inFlight--;
      if (!activity.isDone) this.#invoke(activity, call, invocation, false);
      this.#host.changed();
    });
  }

  #invoke(activity: Activity, call: Call, invocation: Invocation, isPoll: boolean): void {
    const { clock } = this.#host;
    const startTime = this.#host.timestamp();
    const nowMs = clock.nowMs();
    const longestMs = isTransfer(invocation) ? transferTimeoutMs : defaultTimeoutMs;
    const timeoutMs = Math.max(0, Math.min(longestMs, (call.deadlineMs ?? Number.POSITIVE_INFINITY) - nowMs));
    const abort = new AbortController();
    call.abort = abort;
    let isOver = false;
    const end = (settle: () => void): void => {
      if (isOver) return;
      isOver = true;
      cancelTimer();
      this.#inFlight--;
      if (!activity.isDone) settle();
      this.#host.changed();
    };
    const cancelTimer = clock.at(nowMs + timeoutMs, () => {
      end(() => this.#timedOut(activity, call, startTime));
      abort.abort();
    });
    this.#inFlight++;
    const context = this.#context(activity, call, timeoutMs, abort.signal);
    this.#call(invocation, context).then(
      (result) => end(() => this.#answered(activity, call, result, startTime, isPoll)),
      (error: unknown) => end(() => this.#failed(activity, call, error, startTime)),
    );
  }

  /** An invoker that throws before it returns a promise fails the same way. */
  async #call(invocation: Invocation, context: InvocationContext): Promise<InvocationResult> {
    return this.#host.invoker.invoke(invocation, context);
  }

  #context(activity: Activity, call: Call, timeoutMs: number, signal: AbortSignal): InvocationContext {
    const { environmentId, flowId, runId, clientTrackingId } = this.#host;
    return {
      environmentId,
      flowId,
      runId,
      action: activity.action.name,
      iteration: activity.frame.iteration,
      attempt: call.history.length + 1,
      clientTrackingId,
      idempotencyKey: call.idempotencyKey,
      timeoutMs,
      signal,
    };
  }

  #answered(activity: Activity, call: Call, result: InvocationResult, startTime: Timestamp, isPoll: boolean): void {
    const { request } = call;
    const code = reasonName(result.statusCode);
    if (isRetryableStatus(request.retryPolicy, result.statusCode)) {
      const retryAfterMs = parseRetryAfterMs(result.headers['retry-after'], this.#host.clock.nowMs());
      const attempt = { startTime, endTime: this.#host.timestamp(), code };
      if (this.#retry(activity, call, attempt, retryAfterMs)) return;
    }
    const outputs = { statusCode: result.statusCode, headers: result.headers, body: result.body };
    if (result.statusCode === 202 && request.followsLocation) {
      const location = readLocation(outputs, isPoll ? pollOf(call) : request.invocation);
      call.location = location ?? call.location;
      if (call.location !== undefined) {
        this.#pollLater(activity, call, result);
        return;
      }
    }
    if (result.statusCode < 400) {
      this.#host.finish(activity, { status: 'Succeeded', code, result });
      return;
    }
    const message = `The call of action '${activity.action.name}' was answered with the status ${result.statusCode} (${code}).`;
    this.#host.finish(activity, { status: 'Failed', code, error: { code, message }, result });
  }

  #pollLater(activity: Activity, call: Call, result: InvocationResult): void {
    const nowMs = this.#host.clock.nowMs();
    const wakeAtMs = nowMs + (parseRetryAfterMs(result.headers['retry-after'], nowMs) ?? defaultPollMs);
    activity.intent = undefined;
    activity.outputs = { statusCode: 202, headers: { ...result.headers, location: call.location ?? '' }, body: null };
    this.#wait(activity, Math.min(wakeAtMs, call.deadlineMs ?? wakeAtMs));
  }

  #failed(activity: Activity, call: Call, error: unknown, startTime: Timestamp): void {
    if (!(error instanceof InvocationError)) this.#host.report(error, activity);
    const failure: Failure =
      error instanceof InvocationError || error instanceof ActionFailure
        ? { code: error.code, message: error.message }
        : { code: 'InternalServerError', message: `The call of action '${activity.action.name}' could not be made.` };
    const isRetryable = error instanceof InvocationError && error.retryable;
    const attempt = { startTime, endTime: this.#host.timestamp(), code: failure.code, error: failure };
    if (isRetryable && this.#retry(activity, call, attempt, undefined)) return;
    this.#host.finish(activity, { status: 'Failed', code: failure.code, error: failure });
  }

  #timedOut(activity: Activity, call: Call, startTime: Timestamp): void {
    const message = `The execution of template action '${activity.action.name}' timed out.`;
    const error = { code: 'ActionTimedOut', message };
    const isExpired = call.deadlineMs !== undefined && this.#host.clock.nowMs() >= call.deadlineMs;
    const attempt = { startTime, endTime: this.#host.timestamp(), code: 'RequestTimeout', error };
    if (!isExpired && this.#retry(activity, call, attempt, undefined)) return;
    this.#host.finish(activity, { status: 'TimedOut', code: 'ActionTimedOut', error });
  }

  /** Plans another attempt; `false` when the policy has none left or the deadline comes first. */
  #retry(activity: Activity, call: Call, attempt: RetryAttempt, retryAfterMs: number | undefined): boolean {
    const retries = call.history.length + 1;
    const delayMs = retryDelayMs(call.request.retryPolicy, retries, this.#host.random(), retryAfterMs);
    const wakeAtMs = this.#host.clock.nowMs() + (delayMs ?? 0);
    if (delayMs === undefined || (call.deadlineMs !== undefined && wakeAtMs >= call.deadlineMs)) {
      if (call.history.length > 0) {
        call.history.push(attempt);
        activity.retryHistory = call.history;
      }
      return false;
    }
    call.history.push(attempt);
    activity.retryHistory = call.history;
    activity.intent = undefined;
    this.#wait(activity, wakeAtMs);
    return true;
  }

  #wait(activity: Activity, wakeAtMs: number): void {
    activity.status = 'Waiting';
    activity.wakeAtMs = wakeAtMs;
    this.#host.mark(activity);
    this.#host.park(activity, wakeAtMs);
  }

  /** The process ended between the intent and the answer: the call may have happened. */
  #settleDoubt(activity: Activity, call: Call, intent: NonNullable<ActionRecord['intent']>): void {
    const message = `The call of action '${activity.action.name}' was under way when its process ended: whether it happened is not known.`;
    const error = { code: 'ActionOutcomeUnknown', message };
    const attempt = { startTime: intent.at, endTime: this.#host.timestamp(), code: error.code, error };
    const isAllowed = retryDelayMs(call.request.retryPolicy, call.history.length + 1, 0, undefined) !== undefined;
    call.history.push(attempt);
    activity.retryHistory = call.history;
    activity.intent = undefined;
    if (isAllowed) this.#attempt(activity);
    else this.#host.finish(activity, { status: 'Failed', code: error.code, error });
  }
}

/** The same for every attempt of one action in one iteration, and shaped like a GUID so that any header takes it. */
function idempotencyKey(runId: string, activity: Activity): string {
  const hex = hash('sha256', `${runId}/${recordKey(activity.action.name, activity.frame.iteration)}`);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20, 32)}`;
}

function isTransfer(invocation: Invocation): boolean {
  const { contentTransfer } = invocation.kind === 'poll' ? invocation.of : invocation;
  return contentTransfer !== undefined;
}

/**
 * The address to ask for the answer: `Location` (RFC 9110 §10.2.2), relative to what was called. Where a connector's call went, its
 * invoker knows.
 */
function readLocation(answer: unknown, invocation: Invocation): string | undefined {
  const headers = (answer as Partial<InvocationResult> | undefined)?.headers;
  const location = headers?.['location'];
  if (location === undefined || location === '') return undefined;
  if (invocation.kind !== 'http') return location;
  return URL.canParse(location, invocation.uri) ? new URL(location, invocation.uri).href : undefined;
}

/** A poll authenticates like the call when it stays at the same origin, and not at all elsewhere. */
function pollOf(call: Call): Invocation {
  const { invocation } = call.request;
  const uri = call.location ?? '';
  if (invocation.kind !== 'http') {
    return { kind: 'poll', of: invocation.kind === 'poll' ? invocation.of : invocation, location: uri };
  }
  const isSameOrigin = URL.canParse(invocation.uri) && new URL(invocation.uri).origin === new URL(uri).origin;
  const authentication = isSameOrigin ? invocation.authentication : undefined;
  return {
    kind: 'http',
    method: 'GET',
    uri,
    queries: {},
    headers: {},
    ...(authentication === undefined ? {} : { authentication }),
  };
}
