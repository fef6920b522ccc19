import { ActionFailure } from '../actions/action-failure.ts';
import type {
  ActionRecord,
  Failure,
  Invocation,
  InvocationContext,
  InvocationResult,
  RetryAttempt,
  Timestamp,
} from '../contract.ts';
import { InvocationError } from '../failures.ts';
import { isRetryableStatus, parseRetryAfterMs, retryDelayMs } from '../retry/retry-policy.ts';
import type { Activity, Call, CallRequest } from './activity.ts';
import { callContext, idempotencyKey } from './call-context.ts';
import type { CallEnd, CallHost } from './call-host.ts';
import { pollOf, readLocation } from './call-location.ts';
import { LateAnswers } from './late-answers.ts';
import { reasonName } from './status-code.ts';
import { valueMember } from './value-types.ts';

const defaultTimeoutMs = 120_000;
/** Of a body that goes in chunks: each of its requests has the time of a call. */
const transferTimeoutMs = 3_600_000;
const defaultPollMs = 20_000;

/** Makes the calls of a run: attempts, retries, deadlines, asynchronous answers, and what a crash left in doubt. */
export class Calls {
  readonly #host: CallHost;
  readonly #late: LateAnswers;
  #inFlight = 0;

  constructor(host: CallHost) {
    this.#host = host;
    this.#late = new LateAnswers(host, {
      answered: (activity, call, result, startTime) => this.#answered(activity, call, result, startTime, false),
      failed: (activity, call, error, startTime) => this.#failed(activity, call, error, startTime),
      doubt: (activity, call, at) => this.#settleDoubt(activity, call, at),
      follow: (work) => this.#follow(work),
    });
  }

  /** Calls that are made, or wait for a commit to be made. */
  get inFlight(): number {
    return this.#inFlight;
  }

  start(activity: Activity, request: CallRequest): void {
    const call = this.#prepare(activity, request, Date.parse(activity.startTime));
    if (request.kind === 'call' && request.callback !== undefined && !this.#host.isCallable) {
      const code = 'CallbackUnavailable';
      const message = `The action '${activity.action.name}' waits for a callback, and nobody can call it here. Give it a result that stands in for the call.`;
      this.#host.finish(activity, { status: 'Failed', code, error: { code, message } });
      return;
    }
    this.#attempt(activity, call);
  }

  /** Goes on with what a record left: a retry or a poll that was waited for, or an attempt whose outcome nobody knows. */
  resume(activity: Activity, request: CallRequest): void {
    const call = this.#prepare(activity, request, Date.parse(activity.startTime));
    if (this.#late.resume(activity, call)) return;
    if (activity.status === 'Waiting') {
      const answer = activity.outputs;
      if (request.kind === 'call' && valueMember(answer, 'statusCode') === 202) {
        call.location = readLocation(answer, request.invocation);
      }
      this.#host.park(activity, activity.wakeAtMs ?? 0);
      return;
    }
    if (activity.intent === undefined) this.#attempt(activity, call);
    else this.#settleDoubt(activity, call, activity.intent.at);
  }

  /** The time that {@link CallHost.park} was asked for has come. */
  wake(activity: Activity): void {
    const { call } = activity;
    if (call === undefined) return;
    activity.status = 'Running';
    activity.wakeAtMs = undefined;
    const isOver = call.deadlineMs !== undefined && this.#host.clock.nowMs() >= call.deadlineMs;
    if (isOver || this.#late.isWaiting(activity)) this.#timedOut(activity, call, this.#host.timestamp());
    else if (call.location === undefined) this.#attempt(activity, call);
    else if (call.request.kind === 'call') {
      this.#invoke(activity, call, pollOf(call.request.invocation, call.location), true);
    }
  }

  /** There is a signal to the activity. */
  signalled(activity: Activity): void {
    if (activity.call !== undefined) this.#late.signalled(activity, activity.call);
  }

  /** Nobody wants to know what becomes of the call. */
  abandon(activity: Activity): void {
    const { call } = activity;
    if (call === undefined) return;
    call.isAbandoned = true;
    call.abort?.abort();
  }

  /** Gives back what the activity asked for and waits for no more; `undefined`: there is nothing. Never rejects. */
  giveBack(activity: Activity): Promise<void> | undefined {
    const { call } = activity;
    return call === undefined ? undefined : this.#late.giveBack(activity, call);
  }

  #prepare(activity: Activity, request: CallRequest, startedMs: number): Call {
    activity.inputs = request.inputs;
    const call: Call = {
      request,
      idempotencyKey: idempotencyKey(this.#host.runId, activity),
      deadlineMs: request.timeoutMs === undefined ? undefined : startedMs + request.timeoutMs,
      history: [...(activity.retryHistory ?? [])],
      location: undefined,
      abort: undefined,
      isAbandoned: false,
      late: undefined,
    };
    activity.call = call;
    return call;
  }

  #attempt(activity: Activity, call: Call): void {
    const { request } = call;
    const isSafe =
      request.kind === 'call' &&
      request.callback === undefined &&
      this.#host.invoker.effect(request.invocation) === 'safe';
    if (isSafe) {
      this.#invoke(activity, call, request.invocation, false);
      return;
    }
    activity.intent = {
      idempotencyKey: call.idempotencyKey,
      attempt: call.history.length + 1,
      at: this.#host.timestamp(),
    };
    activity.status = 'Running';
    activity.waitState = this.#late.begin(call);
    this.#host.mark(activity);
    this.#inFlight++;
    this.#host.afterCommit((askedMs) => {
      this.#inFlight--;
      if (!isDropped(activity, call)) {
        if (request.kind === 'call') this.#invoke(activity, call, request.invocation, false, askedMs);
        else this.#late.callFlow(activity, call);
      }
      this.#host.changed();
    });
  }

  /** `ownMs`: when the run was this process's, for what nobody may do whose run it is no more. */
  #invoke(activity: Activity, call: Call, invocation: Invocation, isPoll: boolean, ownMs?: number): void {
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
      if (!isDropped(activity, call)) settle();
      this.#host.changed();
    };
    const cancelTimer = clock.at(nowMs + timeoutMs, () => {
      end(() => this.#timedOut(activity, call, startTime));
      abort.abort();
    });
    this.#inFlight++;
    let isHeldBack = false;
    const maySend = (): boolean => {
      isHeldBack ||= ownMs !== undefined && !this.#host.isHeldSince(ownMs);
      return !isHeldBack;
    };
    const context = callContext(this.#host, activity, call, {
      timeoutMs,
      signal: abort.signal,
      ...(ownMs !== undefined && { maySend }),
    });
    this.#call(invocation, context).then(
      (result) => end(() => this.#answered(activity, call, result, startTime, isPoll)),
      (error: unknown) =>
        // It says its place again, which the store refuses when another has the run.
        end(() => (isHeldBack ? this.#attempt(activity, call) : this.#failed(activity, call, error, startTime))),
    );
  }

  /** An invoker that throws before it returns a promise fails the same way. */
  async #call(invocation: Invocation, context: InvocationContext): Promise<InvocationResult> {
    return this.#host.invoker.invoke(invocation, context);
  }

  /** The run does not rest before this is done. */
  #follow(work: Promise<void>): void {
    this.#inFlight++;
    void work.then(() => {
      this.#inFlight--;
      this.#host.changed();
    });
  }

  #answered(activity: Activity, call: Call, result: InvocationResult, startTime: Timestamp, isPoll: boolean): void {
    const { request } = call;
    const code = reasonName(result.statusCode);
    if (isRetryableStatus(request.retryPolicy, result.statusCode)) {
      const retryAfterMs = parseRetryAfterMs(result.headers['retry-after'], this.#host.clock.nowMs());
      const attempt = { startTime, endTime: this.#host.timestamp(), code, ...serviceRequestId(result) };
      if (this.#retry(activity, call, attempt, retryAfterMs)) return;
    }
    const outputs = { statusCode: result.statusCode, headers: result.headers, body: result.body };
    if (request.kind === 'call' && result.statusCode === 202 && request.followsLocation) {
      const location = readLocation(
        outputs,
        isPoll ? pollOf(request.invocation, call.location ?? '') : request.invocation,
      );
      call.location = location ?? call.location;
      if (call.location !== undefined) {
        this.#pollLater(activity, call, result);
        return;
      }
    }
    if (result.statusCode < 400) {
      if (request.kind === 'call' && request.callback !== undefined) this.#late.subscribed(activity, call, result);
      else this.#host.finish(activity, { status: 'Succeeded', code, result });
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
    const isExpired = this.#late.isWaiting(activity) || isPast(call.deadlineMs, this.#host.clock.nowMs());
    const attempt = { startTime, endTime: this.#host.timestamp(), code: 'RequestTimeout', error };
    if (!isExpired && this.#retry(activity, call, attempt, undefined)) return;
    const end: CallEnd = { status: 'TimedOut', code: 'ActionTimedOut', error };
    const giving = isExpired ? this.#late.giveBack(activity, call) : undefined;
    if (giving === undefined) this.#host.finish(activity, end);
    else this.#follow(giving.then(() => isDropped(activity, call) || this.#host.finish(activity, end)).then(() => {}));
  }

  /** Plans another attempt; `false` when the policy has none left or the deadline comes first. A callback that came makes it needless. */
  #retry(activity: Activity, call: Call, attempt: RetryAttempt, retryAfterMs: number | undefined): boolean {
    if (this.#late.isCalledBack(activity, call)) return true;
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
    this.#late.pause(activity, call);
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
  #settleDoubt(activity: Activity, call: Call, at: NonNullable<ActionRecord['intent']>['at']): void {
    const message = `The call of action '${activity.action.name}' was under way when its process ended: whether it happened is not known.`;
    const error = { code: 'ActionOutcomeUnknown', message };
    const attempt = { startTime: at, endTime: this.#host.timestamp(), code: error.code, error };
    const isAllowed = retryDelayMs(call.request.retryPolicy, call.history.length + 1, 0, undefined) !== undefined;
    call.history.push(attempt);
    activity.retryHistory = call.history;
    activity.intent = undefined;
    if (isAllowed) this.#attempt(activity, call);
    else this.#host.finish(activity, { status: 'Failed', code: error.code, error });
  }
}

const requestIdHeaders = ['x-ms-request-id', 'x-request-id', 'request-id'];

function serviceRequestId({ headers }: InvocationResult): Pick<RetryAttempt, 'serviceRequestId'> {
  const name = requestIdHeaders.find((candidate) => headers[candidate] !== undefined);
  const id = name === undefined ? undefined : headers[name];
  return id === undefined ? {} : { serviceRequestId: id };
}

function isDropped(activity: Activity, call: Call): boolean {
  return activity.isDone || call.isAbandoned;
}

function isTransfer(invocation: Invocation): boolean {
  switch (invocation.kind) {
    case 'poll':
      return invocation.of.contentTransfer !== undefined;
    case 'subscribe':
    case 'unsubscribe':
      return false;
    default:
      return invocation.contentTransfer !== undefined;
  }
}

function isPast(deadlineMs: number | undefined, nowMs: number): boolean {
  return deadlineMs !== undefined && nowMs >= deadlineMs;
}
