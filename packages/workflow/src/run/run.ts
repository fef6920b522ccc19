import { ExpressionError, stringify, type Value } from '@patchbay/expression';
import { ActionFailure } from '../actions/action-failure.ts';
import type { Outcome, Step } from '../actions/action-kind.ts';
import type { ActionRecord, ConnectionReference, Failure, RunRecord, Status, Timestamp } from '../contract.ts';
import type { ResponseMessage } from '../engine/engine-contract.ts';
import { type ActionPlan, type Plan, type StaticResult, statusBit } from '../plan/plan.ts';
import { Activity, type Frame, type Loop, openFrame, recordKey } from './activity.ts';
import { type CallEnd, type CallHost, Calls } from './calls.ts';
import { failureOf } from './failure-of.ts';
import { findConnection } from './find-connection.ts';
import { Journal } from './journal.ts';
import { type LoopHost, Loops } from './loops.ts';
import { restoreFrames } from './restore-frames.ts';
import { restoreVariables } from './restore-variables.ts';
import { actionFailed, blockStatus } from './result-rule.ts';
import { runOutputs } from './run-outputs.ts';
import type { RunRequest } from './run-request.ts';
import { RunScope } from './run-scope.ts';
import { branchNotTaken, conditionFailed, runEnded } from './skip-reason.ts';
import { Skipping, type SkippingHost } from './skipping.ts';
import { formatTimestamp } from './timestamp.ts';
import { Variables } from './variables.ts';
import { Waits } from './waits.ts';

/** Appends of one run that may be under way before the run waits for one. */
const maximumAppends = 4;
/** Facts that are appended without waiting for the run to pause. */
const batchSize = 512;
/** How long records that nobody waits for may wait for more of them, so that a short call costs no commit of its own. */
const holdMs = 20;
/** Steps between two looks at the clock of a slice. */
const stepsPerLook = 16;

export type RunStart = { readonly owner: string; readonly leaseUntilMs: number; readonly uniqueKey?: string };

/**
 * One run in memory: a state machine over its records. What is ready is derived from the plan and from what has finished; pure
 * actions run on while their records are being written, effects wait for the records before them.
 */
export class Run implements Step {
  readonly runId: string;
  readonly variables = new Variables();
  readonly scope: RunScope;
  readonly #request: RunRequest;
  readonly #plan: Plan;
  readonly #root: Frame;
  readonly #calls: Calls;
  readonly #loops: Loops;
  readonly #journal: Journal;
  readonly #waits: Waits;
  readonly #skipping: Skipping;
  readonly #stack: (Activity | Loop)[] = [];
  readonly #recorded: ReadonlyMap<string, ActionRecord> | undefined;
  readonly #onAppendFailure = (error: unknown): void => this.#halt(error);
  #current: Activity | undefined;
  #state: 'active' | 'ending' | 'gone' = 'active';
  #hasResponded: boolean;
  #rejectStart: ((error: unknown) => void) | undefined;
  #cancelHold: (() => void) | undefined;
  #timeMs = 0;
  #timeText: Timestamp = '';

  constructor(request: RunRequest) {
    const { plan, run, flow, host, resumed } = request;
    this.runId = run.runId;
    this.#request = request;
    this.#plan = plan;
    const rootBlock = plan.blocks[0];
    if (rootBlock === undefined) throw new TypeError('a plan has at least its own block');
    this.#root = openFrame(rootBlock, undefined, undefined, { iteration: '', index: 0, item: null });
    this.#hasResponded = run.response !== undefined;
    const lastSequence = resumed?.reduce((last, record) => Math.max(last, record.sequence), 0) ?? 0;
    this.#journal = new Journal(host.store, request.lease, lastSequence);
    this.#recorded =
      resumed === undefined
        ? undefined
        : new Map(resumed.map((record) => [recordKey(record.action, record.iteration), record]));
    if (resumed !== undefined) restoreVariables(this.variables, resumed, (name) => this.#typeOf(name));
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
      },
      this.#root,
    );
    this.#waits = new Waits(host.clock);
    this.#skipping = new Skipping(this.#skippingHost());
    this.#loops = new Loops(this.#loopHost());
    this.#calls = new Calls(this.#callHost());
  }

  /** A resumed run finds its place by its records. */
  resume(): void {
    this.#enter(this.#root);
  }

  /** A new run says so first. */
  begin(start: RunStart): void {
    this.#journal.add({ kind: 'run-started', run: this.#request.run, ...start });
    this.#enter(this.#root);
  }

  /** Resolves when what was said so far is durable; rejects when the store refuses it. For a run that has just begun. */
  started(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#journal.whenDurable(resolve);
      this.#rejectStart = reject;
    });
  }

  /** Works until nothing is ready or the time is up; `true`: there is more to do now. */
  advance(deadlineMs: number): boolean {
    let steps = 0;
    while (this.#state === 'active') {
      const item = this.#stack.pop();
      if (item === undefined) break;
      if (item.kind === 'activity') this.#begin(item);
      else this.#loops.next(item);
      if (this.#journal.size >= batchSize) {
        this.#flush();
        if (this.#journal.appendsInFlight >= maximumAppends) return this.#awaitAppends();
      }
      if (++steps % stepsPerLook === 0 && performance.now() > deadlineMs) {
        this.#flush();
        return this.#stack.length > 0;
      }
    }
    this.#rest();
    return false;
  }

  /** Stops because someone asked for it. */
  cancel(): void {
    if (this.#state !== 'active') return;
    const code = 'WorkflowRunCancelled';
    const error = { code, message: 'The workflow run was cancelled.' };
    this.#stop({ status: 'Cancelled', code, error }, 'the workflow run was cancelled.');
    this.#changed();
  }

  /** Gives the run up in good order, so that another process may go on with it at once. */
  release(): void {
    if (this.#state !== 'active') return;
    this.#eachOpen(this.#root, (activity) => this.#calls.abandon(activity));
    this.#sleep(this.#now());
    this.#flush();
  }

  /** Forgets the run: nothing more is written or called. */
  abandon(): void {
    this.#leave();
    this.#eachOpen(this.#root, (activity) => this.#calls.abandon(activity));
  }

  get action(): string {
    return this.#current?.action.name ?? '';
  }

  nowMs(): number {
    return this.#request.host.clock.nowMs();
  }

  withItem<T>(item: Value, body: () => T): T {
    return this.scope.withItem(item, body);
  }

  connection(reference: string): ConnectionReference | undefined {
    return findConnection(this.#request.flow, reference);
  }

  responseState(): 'waiting' | 'answered' | 'nobody' {
    if (this.#hasResponded) return 'answered';
    return this.#request.host.awaitsResponse(this.runId) ? 'waiting' : 'nobody';
  }

  #enter(frame: Frame): void {
    const { entries, members } = frame.block;
    for (let index = entries.length - 1; index >= 0; index--) {
      const action = members[entries[index] ?? 0];
      if (action !== undefined) this.#stack.push(new Activity(action, frame));
    }
    if (frame.remaining === 0) this.#frameDone(frame);
  }

  #begin(activity: Activity): void {
    const { action, frame } = activity;
    frame.activities[action.position] = activity;
    const unmet = this.#unmetCondition(activity);
    if (unmet !== undefined) {
      this.#skipping.skip(activity, unmet);
      this.#settle(activity);
      return;
    }
    if (this.#recorded !== undefined && this.#adopt(activity)) return;
    activity.startTime = this.#timestamp();
    activity.trackingId = this.#request.host.ids.guid();
    const fixed = this.#staticResult(action);
    if (fixed !== undefined) this.#finishFixed(activity, fixed);
    else this.#perform(activity, action.compiled.execute);
  }

  #unmetCondition({ action, frame }: Activity): Failure | undefined {
    for (const predecessor of action.predecessors) {
      const before = frame.activities[predecessor.position];
      if (before !== undefined && (statusBit(before.status) & predecessor.accepts) === 0) {
        return conditionFailed(action.name, before.action.name, predecessor.acceptsText, before.status);
      }
    }
    return undefined;
  }

  #perform(activity: Activity, execute: (step: Step) => Outcome): void {
    this.#current = activity;
    this.scope.moveTo(activity.frame, activity, this.#now());
    let outcome: Outcome;
    try {
      outcome = execute(this);
    } catch (error) {
      this.#fail(activity, error);
      return;
    }
    this.#follow(activity, outcome);
  }

  #follow(activity: Activity, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'finished':
        activity.inputs = outcome.inputs;
        activity.outputs = outcome.outputs;
        this.#finish(activity, outcome.status, outcome.code, outcome.error);
        return;
      case 'call':
        if (activity.call !== undefined || activity.status === 'Waiting' || activity.intent !== undefined) {
          this.#calls.resume(activity, outcome);
        } else this.#calls.start(activity, outcome);
        return;
      case 'wait':
        this.#wait(activity, outcome.inputs, outcome.untilMs);
        return;
      case 'branch':
        this.#branch(activity, outcome);
        return;
      case 'foreach':
        this.#loops.beginForeach(activity, outcome);
        return;
      case 'until':
        this.#loops.beginUntil(activity, outcome);
        return;
      case 'respond':
        this.#respond(activity, outcome);
        return;
      case 'terminate':
        this.#terminate(activity, outcome);
        return;
    }
  }

  #fail(activity: Activity, error: unknown): void {
    if (error instanceof ActionFailure) {
      if (error.inputs !== undefined) activity.inputs = error.inputs;
      if (error.outputs !== undefined) activity.outputs = error.outputs;
    }
    const { failure, isUnexpected } = failureOf(activity, error);
    if (isUnexpected) {
      const about = { err: error, runId: this.runId, action: activity.action.name };
      this.#request.host.logger.error(about, 'an action failed unexpectedly');
    }
    this.#finish(activity, 'Failed', failure.code, failure);
  }

  #finishFixed(activity: Activity, fixed: StaticResult): void {
    activity.inputs = this.#inputsOf(activity);
    activity.outputs = fixed.outputs;
    this.#finish(activity, fixed.status, fixed.code, fixed.error);
  }

  /** What a call would have been asked; nothing where that cannot be told: it was not asked after all. */
  #inputsOf(activity: Activity): Value | undefined {
    const { inputs } = activity.action.compiled;
    if (inputs === undefined) return undefined;
    this.#current = activity;
    this.scope.moveTo(activity.frame, activity, this.#now());
    try {
      return inputs(this);
    } catch (error) {
      if (error instanceof ExpressionError) return undefined;
      throw error;
    }
  }

  #finishCall(activity: Activity, end: CallEnd): void {
    if (end.result !== undefined) {
      const { statusCode, headers, body } = end.result;
      activity.outputs = { statusCode, headers, body };
    } else activity.outputs = undefined;
    this.#finish(activity, end.status, end.code, end.error);
  }

  #finish(activity: Activity, status: Status, code: string, error?: Failure): void {
    activity.status = status;
    activity.code = code;
    activity.error = error;
    activity.intent = undefined;
    activity.wakeAtMs = undefined;
    activity.endTime = this.#timestamp();
    if (activity.action.trackedProperties !== undefined) this.#track(activity, activity.action.trackedProperties);
    activity.isDone = true;
    this.#journal.mark(activity);
    this.#skipping.skipInside(activity);
    this.#settle(activity);
  }

  #track(activity: Activity, evaluate: (scope: RunScope) => Value): void {
    this.scope.moveTo(activity.frame, activity, this.#now());
    try {
      activity.trackedProperties = evaluate(this.scope);
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      const code = 'TrackedPropertiesEvaluationFailed';
      activity.status = 'Failed';
      activity.code = code;
      activity.error = {
        code,
        message: `The tracked properties of '${activity.action.name}' failed: '${error.message}'.`,
      };
    }
  }

  /** What waits for an activity comes nearer; the last of a block ends the block. */
  #settle(activity: Activity): void {
    if (this.#state !== 'active') return;
    const { frame, action } = activity;
    for (const successor of action.successors) {
      const left = (frame.pending[successor] ?? 0) - 1;
      frame.pending[successor] = left;
      const member = frame.block.members[successor];
      if (left === 0 && member !== undefined) this.#stack.push(new Activity(member, frame));
    }
    frame.remaining--;
    if (frame.remaining === 0) this.#frameDone(frame);
  }

  #frameDone(frame: Frame): void {
    const { owner } = frame;
    if (owner === undefined) {
      const status = blockStatus(frame);
      this.#end(status === 'Succeeded' ? { status } : { status, code: actionFailed.code, error: { ...actionFailed } });
    } else if (owner.loop === undefined) this.#finishContainer(owner, blockStatus(frame));
    else this.#loops.frameDone(owner.loop, frame);
  }

  #finishContainer(activity: Activity, status: 'Succeeded' | 'Failed'): void {
    if (status === 'Succeeded') this.#finish(activity, status, 'OK');
    else this.#finish(activity, status, actionFailed.code, { ...actionFailed });
  }

  #branch(activity: Activity, outcome: Extract<Outcome, { kind: 'branch' }>): void {
    activity.inputs = outcome.inputs;
    activity.outputs = outcome.outputs;
    activity.frames ??= [];
    this.#journal.mark(activity);
    const { iteration } = activity.frame;
    for (const index of outcome.skipped) this.#skipping.skipBlock(activity, index, iteration, branchNotTaken);
    const block = outcome.block === undefined ? undefined : this.#plan.blocks[outcome.block];
    if (block === undefined) {
      this.#finish(activity, 'Succeeded', 'OK');
      return;
    }
    const frame = openFrame(block, activity.frame, activity, { iteration, index: 0, item: null });
    activity.frames.push(frame);
    this.#enter(frame);
  }

  #wait(activity: Activity, inputs: Value, untilMs: number): void {
    activity.inputs = inputs;
    const wakeAtMs = activity.wakeAtMs ?? untilMs;
    if (wakeAtMs <= this.#now()) {
      this.#finish(activity, 'Succeeded', 'OK');
      return;
    }
    if (activity.status !== 'Waiting') {
      activity.status = 'Waiting';
      activity.wakeAtMs = wakeAtMs;
      this.#journal.mark(activity);
    }
    this.#waits.park(activity, wakeAtMs);
  }

  #respond(activity: Activity, outcome: Extract<Outcome, { kind: 'respond' }>): void {
    const { statusCode, headers, body } = outcome;
    const message: ResponseMessage = { kind: 'response', statusCode, headers, body };
    this.#hasResponded = true;
    activity.inputs = outcome.inputs;
    activity.outputs = { statusCode, headers, body };
    const response = stringify({ statusCode, headers, body });
    // Said before the action ends: its end may be the run's.
    this.#journal.add({ kind: 'run-responded', runId: this.runId, response });
    this.#journal.whenDurable(() => this.#request.host.onResponse(this.runId, message));
    this.#finish(activity, 'Succeeded', 'OK');
  }

  #terminate(activity: Activity, outcome: Extract<Outcome, { kind: 'terminate' }>): void {
    activity.inputs = outcome.inputs;
    activity.status = 'Succeeded';
    activity.code = 'OK';
    activity.endTime = this.#timestamp();
    activity.isDone = true;
    this.#journal.mark(activity);
    const { status, error } = outcome;
    const why = `the workflow run was terminated by action '${activity.action.name}'.`;
    this.#stop(
      { status, ...(status === 'Succeeded' ? {} : { code: 'Terminated' }), ...(error === undefined ? {} : { error }) },
      why,
    );
  }

  /** Ends the run from within: what runs is cancelled, what has not begun is skipped. */
  #stop(end: Pick<RunRecord, 'status' | 'code' | 'error'>, why: string): void {
    this.#stack.length = 0;
    this.#state = 'ending';
    this.#stopFrame(this.#root, why);
    this.#state = 'active';
    this.#end(end);
  }

  #stopFrame(frame: Frame, why: string): void {
    for (const member of frame.block.members) {
      const activity = frame.activities[member.position];
      if (activity === undefined) {
        this.#skipping.skip(new Activity(member, frame), runEnded(member.name, 'Terminated', why));
      } else if (!activity.isDone) {
        for (const inner of this.#openFrames(activity)) this.#stopFrame(inner, why);
        this.#calls.abandon(activity);
        activity.frames ??= [];
        const message = `The execution of template action '${member.name}' is cancelled: ${why}`;
        this.#finish(activity, 'Cancelled', 'ActionCancelled', { code: 'ActionCancelled', message });
      }
    }
  }

  #openFrames(activity: Activity): readonly Frame[] {
    return activity.loop === undefined ? (activity.frames ?? []) : [...activity.loop.live];
  }

  #eachOpen(frame: Frame, visit: (activity: Activity) => void): void {
    for (const activity of frame.activities) {
      if (activity === undefined || activity.isDone) continue;
      visit(activity);
      for (const inner of this.#openFrames(activity)) this.#eachOpen(inner, visit);
    }
  }

  /** Goes on from a record: `false` when there is none, so that the action is executed. */
  #adopt(activity: Activity): boolean {
    const { action, frame } = activity;
    const record = this.#recorded?.get(recordKey(action.name, frame.iteration));
    if (record === undefined) return false;
    activity.load(record);
    if (record.status !== 'Running' && record.status !== 'Waiting') {
      activity.isDone = true;
      if (this.#recorded !== undefined) restoreFrames(activity, this.#plan, this.#recorded);
      this.#settle(activity);
      return true;
    }
    const { execute, resume } = action.compiled;
    const recorded = {
      inputs: activity.inputs ?? null,
      outputs: activity.outputs ?? null,
      repetitionCount: record.repetitionCount ?? 0,
    };
    this.#perform(activity, resume === undefined ? execute : (step) => resume(step, recorded));
    return true;
  }

  #wakeDue(): void {
    for (const activity of this.#waits.takeDue(this.#now())) {
      if (activity.isDone) continue;
      if (activity.call === undefined) this.#finish(activity, 'Succeeded', 'OK');
      else this.#calls.wake(activity);
    }
    this.#changed();
  }

  /** Nothing is ready: write what was said, then wait in memory, sleep in the store, or be done. */
  #rest(): void {
    if (this.#state === 'active') {
      const wakeAtMs = this.#waits.nextMs();
      if (wakeAtMs !== undefined) {
        const staysHere = this.#calls.inFlight > 0 || this.#request.host.staysInMemory(this.runId, wakeAtMs);
        if (wakeAtMs <= this.#now()) this.#wakeDue();
        else if (staysHere) this.#waits.callAt(wakeAtMs, () => this.#state === 'active' && this.#wakeDue());
        else this.#sleep(wakeAtMs);
      }
    }
    if (this.#mayHold()) this.#hold();
    else this.#flush();
  }

  /** Of a run whose caller waits for the answer nobody has been told yet: as long as nothing depends on its records, they can wait. */
  #mayHold(): boolean {
    return (
      this.#state === 'active' &&
      this.#calls.inFlight > 0 &&
      !this.#journal.isAwaited &&
      this.#request.host.awaitsResponse(this.runId)
    );
  }

  #hold(): void {
    if (this.#journal.size === 0 || this.#cancelHold !== undefined) return;
    this.#cancelHold = this.#request.host.clock.at(this.#now() + holdMs, () => {
      this.#cancelHold = undefined;
      this.#flush();
    });
  }

  #sleep(wakeAtMs: number): void {
    this.#state = 'ending';
    this.#journal.add({ kind: 'run-sleeping', runId: this.runId, wakeAtMs });
    this.#journal.whenDurable(() => {
      this.#leave();
      this.#request.host.onRest(this.runId, { kind: 'sleeping', wakeAtMs });
    });
  }

  #end(end: Pick<RunRecord, 'status' | 'code' | 'error'>): void {
    const outputs = end.status === 'Succeeded' ? this.#outputs() : undefined;
    this.#state = 'ending';
    this.#journal.add({
      kind: 'run-finished',
      runId: this.runId,
      status: end.status,
      ...(end.code === undefined ? {} : { code: end.code }),
      ...(end.error === undefined ? {} : { error: end.error }),
      endTime: this.#timestamp(),
      ...(outputs === undefined ? {} : { outputs: stringify(outputs) }),
    });
    this.#journal.whenDurable(() => {
      this.#leave();
      this.#request.host.onRest(this.runId, { kind: 'finished' });
    });
  }

  #outputs(): Value | undefined {
    if (this.#plan.outputs.length === 0) return undefined;
    this.scope.moveTo(this.#root, undefined, this.#now());
    return runOutputs(this.#plan, this.scope);
  }

  #flush(): void {
    this.#cancelHold?.();
    this.#cancelHold = undefined;
    this.#journal.flush(this.#onAppendFailure);
  }

  #awaitAppends(): false {
    this.#journal.whenAppended(() => this.#changed());
    return false;
  }

  #changed(): void {
    if (this.#state !== 'gone') this.#request.host.schedule(this);
  }

  #halt(error: unknown): void {
    if (this.#state === 'gone') return;
    this.abandon();
    this.#rejectStart?.(error);
    this.#request.host.onRest(this.runId, { kind: 'halted', error });
  }

  #leave(): void {
    this.#state = 'gone';
    this.#cancelHold?.();
    this.#cancelHold = undefined;
    this.#stack.length = 0;
    this.#waits.stop();
  }

  #typeOf(action: string): string {
    return this.#plan.actions[this.#plan.actionByName.get(action.toLowerCase()) ?? -1]?.type ?? '';
  }

  #now(): number {
    const nowMs = this.#request.host.clock.nowMs();
    if (nowMs !== this.#timeMs || this.#timeText === '') {
      this.#timeMs = nowMs;
      this.#timeText = formatTimestamp(nowMs);
    }
    return nowMs;
  }

  #timestamp(): Timestamp {
    this.#now();
    return this.#timeText;
  }

  #callHost(): CallHost {
    const { flow, host, run } = this.#request;
    return {
      clock: host.clock,
      invoker: host.invoker,
      environmentId: flow.environmentId,
      flowId: flow.flowId,
      runId: run.runId,
      clientTrackingId: run.clientTrackingId,
      random: () => host.ids.random(),
      timestamp: () => this.#timestamp(),
      afterCommit: (effect) => this.#journal.whenDurable(() => this.#state === 'active' && effect()),
      mark: (activity) => this.#journal.mark(activity),
      park: (activity, wakeAtMs) => this.#waits.park(activity, wakeAtMs),
      finish: (activity, end) => this.#finishCall(activity, end),
      changed: () => this.#changed(),
      report: (error, activity) =>
        host.logger.error({ err: error, runId: run.runId, action: activity.action.name }, 'a call could not be made'),
    };
  }

  #staticResult(action: ActionPlan): StaticResult | undefined {
    return this.#request.host.staticResult?.(action) ?? action.staticResult;
  }

  #skippingHost(): SkippingHost {
    return {
      plan: this.#plan,
      recorded: this.#recorded,
      timestamp: () => this.#timestamp(),
      guid: () => this.#request.host.ids.guid(),
      staticResult: (action) => this.#staticResult(action),
      mark: (activity) => this.#journal.mark(activity),
    };
  }

  #loopHost(): LoopHost {
    return {
      plan: this.#plan,
      now: () => this.#now(),
      scopeAt: (frame, activity) => {
        this.scope.moveTo(frame, activity, this.#now());
        return this.scope;
      },
      mark: (activity) => this.#journal.mark(activity),
      push: (loop) => this.#stack.push(loop),
      enter: (frame) => this.#enter(frame),
      finish: (activity, status, code, error) => this.#finish(activity, status, code, error),
      finishContainer: (activity, status) => this.#finishContainer(activity, status),
      fail: (activity, error) => this.#fail(activity, error),
    };
  }
}
