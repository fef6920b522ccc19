import type { Value } from '@patchbay/expression';
import type { Step } from '../actions/action-kind.ts';
import type { ConnectionReference, RunRecord } from '../contract.ts';
import type { Plan } from '../plan/plan.ts';
import { isRequestType } from '../triggers/request-trigger.ts';
import type { Activity, Frame } from './activity.ts';
import { findConnection } from './find-connection.ts';
import type { RunRequest } from './run-request.ts';
import { RunScope } from './run-scope.ts';
import type { RunTime } from './run-time.ts';
import { Variables } from './variables.ts';

/** What kinds of actions and expressions see of a run, from where in it they stand. One object per run. */
export class RunStep implements Step {
  readonly variables: Variables;
  readonly scope: RunScope;
  readonly #request: RunRequest;
  readonly #time: RunTime;
  readonly #root: Frame;
  #current: Activity | undefined;
  #hasResponded: boolean;

  constructor(request: RunRequest, time: RunTime, root: Frame) {
    const { plan, run, flow, host } = request;
    this.#request = request;
    this.variables = request.past?.variables ?? new Variables();
    this.#time = time;
    this.#root = root;
    this.#hasResponded = run.response !== undefined;
    this.scope = new RunScope(
      {
        plan,
        run,
        displayName: flow.displayName,
        environmentId: flow.environmentId,
        parameters: request.parameters,
        variables: this.variables,
        appSettings: host.appSettings,
        triggerInputs: request.triggerInputs,
        triggerOutputs: request.triggerOutputs,
        random: () => host.ids.random(),
        guid: () => host.ids.guid(),
        callbackUrl: (activity) => this.#callbackUrl(activity),
      },
      root,
    );
  }

  /** Stands at an action. */
  moveTo(activity: Activity): this {
    this.#current = activity;
    this.scope.moveTo(activity.frame, activity, this.#time.now());
    return this;
  }

  /** Stands where an expression of an action sees what the actions of this frame see. */
  scopeAt(frame: Frame, activity: Activity): RunScope {
    this.scope.moveTo(frame, activity, this.#time.now());
    return this.scope;
  }

  /** Stands at the end of the run. */
  scopeAtEnd(): RunScope {
    this.scope.moveTo(this.#root, undefined, this.#time.now());
    return this.scope;
  }

  get hasResponded(): boolean {
    return this.#hasResponded;
  }

  noteResponse(): void {
    this.#hasResponded = true;
  }

  get action(): string {
    return this.#current?.action.name ?? '';
  }

  nowMs(): number {
    return this.#time.now();
  }

  withItem<T>(item: Value, body: () => T): T {
    return this.scope.withItem(item, body);
  }

  connection(reference: string): ConnectionReference | undefined {
    return findConnection(this.#request.flow, reference);
  }

  responseState(isAsynchronous: boolean): 'waiting' | 'answered' | 'too-late' | 'nobody' {
    if (this.#hasResponded) return 'answered';
    const { host, plan, run } = this.#request;
    if (isAsynchronous && isLookedUp(plan, run)) return 'waiting';
    if (run.parent === undefined && host.isTooLate(run.runId)) return 'too-late';
    return run.parent !== undefined || host.awaitsResponse(run.runId) ? 'waiting' : 'nobody';
  }

  #callbackUrl(activity: Activity | undefined): string | undefined {
    if (activity?.action.compiled.isWebhook !== true) return undefined;
    return this.#request.callbackUrl?.({
      runId: this.#request.run.runId,
      action: activity.action.name,
      iteration: activity.frame.iteration,
    });
  }
}

/** Whoever started the run by a request has the address of what it will answer; one request that starts many runs has none. */
function isLookedUp(plan: Plan, run: RunRecord): boolean {
  const trigger = plan.triggers.find(({ name }) => name === run.trigger.name);
  return trigger !== undefined && isRequestType(trigger.type) && trigger.splitOn === undefined;
}
