import { parseJson, type Value } from '@patchbay/expression';
import type { ConnectorInvocation, InvocationResult, RunSignal, Timestamp, WatchTarget } from '../contract.ts';
import { EngineStoppedError } from '../failures.ts';
import type { Activity, Call } from './activity.ts';
import type { CallHost } from './call-host.ts';
import { giveBackSubscription } from './give-back.ts';
import { type LateState, readLateState } from './late-state.ts';
import { flowSignalId } from './parent-signal.ts';
import { pauseMs } from './store-pause.ts';
import { valueMember } from './value-types.ts';

/** How the calls go on. */
export type LateHost = {
  answered(activity: Activity, call: Call, result: InvocationResult, startTime: Timestamp): void;
  failed(activity: Activity, call: Call, error: unknown, startTime: Timestamp): void;
  /** Whether the call happened is not known. */
  doubt(activity: Activity, call: Call, at: Timestamp): void;
  /** The run does not rest before this is done. */
  follow(work: Promise<void>): void;
};

/** Calls whose result comes later, as a signal: subscriptions that are called back, and flows that answer. */
export class LateAnswers {
  readonly #host: CallHost;
  readonly #calls: LateHost;

  constructor(host: CallHost, calls: LateHost) {
    this.#host = host;
    this.#calls = calls;
  }

  /** What the record of an attempt remembers, before the attempt is made. */
  begin(call: Call): string | undefined {
    const { request } = call;
    if (request.kind === 'call-flow') {
      const runId = this.#host.children.nextRunId();
      call.late = { kind: 'flow', runId, at: this.#host.timestamp(), isKept: true, isWaiting: false };
    } else if (request.callback !== undefined) {
      const asked = request.callback.call;
      call.late = {
        kind: 'callback',
        isWaiting: false,
        ...(asked === undefined ? {} : { connection: asked.connection, target: targetOf(asked) }),
      };
    }
    return call.late === undefined ? undefined : JSON.stringify(call.late);
  }

  /** Goes on with what a record remembers; `false`: it remembers nothing that is waited for. */
  resume(activity: Activity, call: Call): boolean {
    const state = readLateState(activity.waitState);
    call.late = state;
    if (state === undefined) return false;
    if (state.kind === 'flow') {
      if (!state.isWaiting) this.callFlow(activity, call);
      else if (state.isKept || this.#host.children.isHere(state.runId)) this.#park(activity);
      else this.#calls.doubt(activity, call, state.at);
      return true;
    }
    if (activity.status === 'Waiting') this.#park(activity);
    else return this.isCalledBack(activity, call);
    return true;
  }

  /** Whether only a signal is waited for. */
  isWaiting({ call }: Activity): boolean {
    return call?.late?.isWaiting === true;
  }

  /** Another attempt will be made; of a subscription a callback may come first. */
  pause(activity: Activity, call: Call): void {
    if (call.late?.kind === 'callback') this.#host.listen(activity);
    else {
      call.late = undefined;
      activity.waitState = undefined;
    }
  }

  /** The API will call back. */
  subscribed(activity: Activity, call: Call, result: InvocationResult): void {
    if (call.late?.kind !== 'callback') return;
    const { statusCode, headers, body, subscription } = result;
    activity.outputs = { statusCode, headers, body };
    this.#wait(activity, call, {
      ...call.late,
      isWaiting: true,
      ...(subscription === undefined ? {} : { subscription }),
    });
  }

  /** Starts a flow that is called; again where a record says that it was about to be started. */
  callFlow(activity: Activity, call: Call, failures = 0): void {
    const { request, late } = call;
    if (request.kind !== 'call-flow' || late?.kind !== 'flow') return;
    const { children, runId, environmentId, flowId, clientTrackingId, depth } = this.#host;
    const { reference, trigger, headers, body } = request;
    const { name } = activity.action;
    const parent = { runId, action: name, iteration: activity.frame.iteration, depth: depth + 1 };
    const child = { runId: late.runId, reference, trigger, headers, body, parent, clientTrackingId };
    const started = children.start(child, { environmentId, flowId }).then(
      (start) => {
        if (activity.isDone || call.isAbandoned)
          return start.kind === 'started' ? children.stop(late.runId) : undefined;
        if (start.kind === 'started') {
          this.#wait(activity, call, { ...late, isKept: start.isKept, isWaiting: true });
          return undefined;
        }
        const error = { code: start.code, message: start.message };
        this.#host.finish(activity, { status: 'Failed', code: error.code, error });
        return undefined;
      },
      (error: unknown) => {
        // Whoever takes the run over starts it: its record says so.
        if (activity.isDone || call.isAbandoned || error instanceof EngineStoppedError) return undefined;
        const ms = pauseMs(failures);
        if (ms === undefined) {
          this.#calls.failed(activity, call, error, late.at);
          return undefined;
        }
        // What would start it is away for the moment: it has not been started, or is by its id.
        this.#host.report(error, activity, 'a flow could not be called');
        return this.#pause(ms).then(() => {
          if (!activity.isDone && !call.isAbandoned) this.callFlow(activity, call, failures + 1);
        });
      },
    );
    this.#calls.follow(started);
  }

  #pause(ms: number): Promise<void> {
    const { clock } = this.#host;
    return new Promise((wake) => clock.at(clock.nowMs() + ms, wake));
  }

  /** There is a signal: it counts when no attempt is under way. */
  signalled(activity: Activity, call: Call): void {
    if (activity.isDone || activity.status !== 'Waiting') return;
    if (call.late?.kind === 'callback') this.isCalledBack(activity, call);
    else if (call.late?.kind === 'flow') this.#flowEnded(activity, call, call.late);
  }

  /** Ends the action by its callback, if that has come. */
  isCalledBack(activity: Activity, call: Call): boolean {
    const signal = call.late?.kind === 'callback' ? this.#host.takeSignal(activity) : undefined;
    if (signal === undefined) return false;
    const payload = parseJson(signal.payload);
    const result = { statusCode: 200, headers: readHeaders(payload), body: valueMember(payload, 'body') ?? null };
    this.#host.finish(activity, { status: 'Succeeded', code: 'OK', result });
    return true;
  }

  /** Gives back what is not waited for any more; `undefined`: there is nothing. Never rejects. */
  giveBack(activity: Activity, call: Call): Promise<void> | undefined {
    const { late } = call;
    if (late === undefined) return undefined;
    call.late = { ...late, isWaiting: false };
    if (late.kind === 'callback') return giveBackSubscription(this.#host, activity, call, late.subscription);
    return this.#host.children
      .stop(late.runId)
      .catch((error: unknown) => this.#host.report(error, activity, 'a flow that was called could not be stopped'));
  }

  #flowEnded(activity: Activity, call: Call, late: Extract<LateState, { kind: 'flow' }>): void {
    const signal = this.#takeEnd(activity, late);
    if (signal === undefined) return;
    const payload = parseJson(signal.payload);
    const statusCode = valueMember(payload, 'statusCode');
    if (statusCode === undefined) {
      const status = String(valueMember(payload, 'status'));
      const code = 'NoResponse';
      const message = `The flow that action '${activity.action.name}' called has not answered: its run '${late.runId}' ended with the status '${status}'.`;
      this.#host.finish(activity, { status: 'Failed', code, error: { code, message } });
      return;
    }
    const result = {
      statusCode: Number(statusCode),
      headers: readHeaders(payload),
      body: valueMember(payload, 'body') ?? null,
    };
    this.#calls.answered(activity, call, result, late.at);
  }

  /** The end of the run that is waited for; those of earlier attempts count for nothing. */
  #takeEnd(activity: Activity, late: Extract<LateState, { kind: 'flow' }>): RunSignal | undefined {
    for (;;) {
      const signal = this.#host.takeSignal(activity);
      if (signal === undefined || signal.signalId === flowSignalId(late.runId)) return signal;
    }
  }

  #wait(activity: Activity, call: Call, state: LateState): void {
    call.late = state;
    activity.waitState = JSON.stringify(state);
    activity.intent = undefined;
    activity.status = 'Waiting';
    activity.wakeAtMs = call.deadlineMs ?? this.#host.runEndsAtMs;
    this.#host.mark(activity);
    this.#park(activity);
  }

  #park(activity: Activity): void {
    this.#host.park(activity, activity.wakeAtMs ?? 0);
    this.#host.listen(activity);
  }
}

function targetOf(call: ConnectorInvocation): WatchTarget {
  return call.kind === 'operation'
    ? { kind: 'operation', operationId: call.operationId }
    : { kind: 'request', method: call.method, path: call.path };
}

function readHeaders(payload: Value): { readonly [name: string]: string } {
  const headers = valueMember(payload, 'headers');
  if (typeof headers !== 'object' || headers === null) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
