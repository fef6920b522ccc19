import { stringify, type Value } from '@patchbay/expression';
import type { Outcome, Step } from '../actions/action-kind.ts';
import type { ActionRecord, Failure, RunRecord } from '../contract.ts';
import type { ResponseMessage } from '../engine/engine-contract.ts';
import { statusBit } from '../plan/plan.ts';
import { Activity, type Frame, openFrame, recordKey } from './activity.ts';
import { BatchSends } from './batch-sends.ts';
import { Calls } from './calls.ts';
import { Finishing } from './finishing.ts';
import type { Frontier } from './frontier.ts';
import type { Inbox } from './inbox.ts';
import type { Journal } from './journal.ts';
import { Loops } from './loops.ts';
import { eachOpen, openFrames } from './open-activities.ts';
import { responseSignal } from './parent-signal.ts';
import { restoreFrames } from './restore-frames.ts';
import { blockStatus } from './result-rule.ts';
import type { RunRequest } from './run-request.ts';
import type { RunStep } from './run-step.ts';
import type { RunTime } from './run-time.ts';
import { createBatchSendsHost, createCallHost, createLoopHost, createWorkHost } from './run-wiring.ts';
import { branchNotTaken, conditionFailed, runEnded } from './skip-reason.ts';
import { Skipping } from './skipping.ts';
import type { Waits } from './waits.ts';
import { Works } from './works.ts';

export type RunEnd = Pick<RunRecord, 'status' | 'code' | 'error'>;

/** What executing the actions of a run needs of it. */
export type RunParts = {
  readonly request: RunRequest;
  readonly time: RunTime;
  readonly step: RunStep;
  readonly journal: Journal;
  readonly frontier: Frontier;
  readonly waits: Waits;
  readonly inbox: Inbox;
  /** Whether the run may still start an effect. */
  readonly isActive: () => boolean;
  /** A callback from outside has changed something. */
  readonly changed: () => void;
  /** Ends the run from within; `complete` ends the action that asks for it. */
  readonly stop: (end: RunEnd, why: string, complete: () => void) => void;
};

/** Executes the actions of a run: begins them, does what they ask for, and goes on with those that a record left unfinished. */
export class ActionRunner {
  readonly #parts: RunParts;
  readonly #skipping: Skipping;
  readonly #finishing: Finishing;
  #ownCalls: Calls | undefined;
  #ownLoops: Loops | undefined;
  #works: Works | undefined;
  #sends: BatchSends | undefined;

  constructor(parts: RunParts) {
    this.#parts = parts;
    const { request, time, step, journal, frontier } = parts;
    const { host, plan, run } = request;
    this.#skipping = new Skipping({
      plan,
      recorded: request.past?.records,
      timestamp: () => time.timestamp(),
      guid: () => host.ids.guid(),
      staticResult: (action) => host.staticResult?.(action) ?? action.staticResult,
      mark: (activity) => journal.mark(activity),
    });
    this.#finishing = new Finishing({
      runId: run.runId,
      logger: host.logger,
      time,
      step,
      journal,
      frontier,
      skipping: this.#skipping,
    });
  }

  /** Made when they are first needed, as the others: a run pays for what it does. */
  get loops(): Loops {
    this.#ownLoops ??= new Loops(createLoopHost(this.#parts, this.#finishing));
    return this.#ownLoops;
  }

  get calls(): Calls {
    this.#ownCalls ??= new Calls(createCallHost(this.#parts, this.#finishing));
    return this.#ownCalls;
  }

  /** Calls, works and messages under way, or about to be. */
  get inFlight(): number {
    return (this.#ownCalls?.inFlight ?? 0) + (this.#works?.inFlight ?? 0) + (this.#sends?.inFlight ?? 0);
  }

  /** Lets go of what an activity has under way. */
  abandon(activity: Activity): void {
    this.#ownCalls?.abandon(activity);
    this.#works?.abandon(activity);
  }

  isRecorded({ action, frame }: Activity): boolean {
    return this.#parts.request.past?.records.has(recordKey(action.name, frame.iteration)) === true;
  }

  begin(activity: Activity): void {
    const { action, frame } = activity;
    const { time, request, frontier } = this.#parts;
    const recorded = request.past?.records;
    frame.activities[action.position] = activity;
    const unmet = unmetCondition(activity);
    if (unmet !== undefined) {
      this.#skipping.skip(activity, unmet);
      frontier.settle(activity);
      return;
    }
    if (recorded !== undefined && this.#adopt(activity, recorded)) return;
    activity.startTime = time.timestamp();
    activity.trackingId = request.host.ids.guid();
    const fixed = request.host.staticResult?.(action) ?? action.staticResult;
    if (fixed !== undefined) this.#finishing.finishFixed(activity, fixed);
    else this.#perform(activity, action.compiled.execute);
  }

  /** The time that an activity waited for has come. */
  wake(activity: Activity): void {
    if (activity.isDone) return;
    if (activity.call === undefined) this.#finishing.finish(activity, 'Succeeded', 'OK');
    else this.calls.wake(activity);
  }

  /** A block is over. */
  frameDone(owner: Activity, frame: Frame): void {
    if (owner.loop === undefined) this.#finishing.finishContainer(owner, blockStatus(frame));
    else this.loops.frameDone(owner.loop, frame);
  }

  /** Gives back what the actions that run have asked for and will not wait for, and hears of nothing they still do. */
  giveBackOpen(root: Frame): readonly Promise<void>[] {
    const giving: Promise<void>[] = [];
    eachOpen(root, (activity) => {
      this.calls.abandon(activity);
      const given = this.calls.giveBack(activity);
      if (given !== undefined) giving.push(given);
    });
    return giving;
  }

  /** What runs is cancelled, what has not begun is skipped. */
  stopFrame(frame: Frame, why: string): void {
    for (const member of frame.block.members) {
      const activity = frame.activities[member.position];
      if (activity === undefined) {
        this.#skipping.skip(new Activity(member, frame), runEnded(member.name, 'Terminated', why));
      } else if (!activity.isDone) {
        for (const inner of openFrames(activity)) this.stopFrame(inner, why);
        this.abandon(activity);
        activity.frames ??= [];
        const message = `The execution of template action '${member.name}' is cancelled: ${why}`;
        this.#finishing.finish(activity, 'Cancelled', 'ActionCancelled', { code: 'ActionCancelled', message });
      }
    }
  }

  #perform(activity: Activity, execute: (step: Step) => Outcome): void {
    const step = this.#parts.step.moveTo(activity);
    let outcome: Outcome;
    try {
      outcome = execute(step);
    } catch (error) {
      this.#finishing.fail(activity, error);
      return;
    }
    this.#follow(activity, outcome);
  }

  #follow(activity: Activity, outcome: Outcome): void {
    switch (outcome.kind) {
      case 'finished':
        activity.inputs = outcome.inputs;
        activity.outputs = outcome.outputs;
        this.#finishing.finish(activity, outcome.status, outcome.code, outcome.error);
        return;
      case 'call':
      case 'call-flow':
        if (activity.call !== undefined || activity.status === 'Waiting' || activity.intent !== undefined) {
          this.calls.resume(activity, outcome);
        } else this.calls.start(activity, outcome);
        return;
      case 'work':
        this.#works ??= new Works(createWorkHost(this.#parts, this.#finishing));
        this.#works.start(activity, outcome);
        return;
      case 'send-to-batch':
        this.#sends ??= new BatchSends(createBatchSendsHost(this.#parts, this.#finishing));
        this.#sends.send(activity, outcome);
        return;
      case 'wait':
        this.#wait(activity, outcome.inputs, outcome.untilMs);
        return;
      case 'branch':
        this.#branch(activity, outcome);
        return;
      case 'foreach':
        this.loops.beginForeach(activity, outcome);
        return;
      case 'until':
        this.loops.beginUntil(activity, outcome);
        return;
      case 'respond':
        this.#respond(activity, outcome);
        return;
      case 'terminate':
        this.#terminate(activity, outcome);
        return;
    }
  }

  /** Goes on from a record: `false` when there is none, so that the action is executed. */
  #adopt(activity: Activity, records: ReadonlyMap<string, ActionRecord>): boolean {
    const { action, frame } = activity;
    const record = records.get(recordKey(action.name, frame.iteration));
    if (record === undefined) return false;
    activity.load(record);
    if (record.status !== 'Running' && record.status !== 'Waiting') {
      activity.isDone = true;
      restoreFrames(activity, this.#parts.request.plan, records);
      this.#parts.frontier.settle(activity);
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

  #branch(activity: Activity, outcome: Extract<Outcome, { kind: 'branch' }>): void {
    activity.inputs = outcome.inputs;
    activity.outputs = outcome.outputs;
    activity.frames ??= [];
    this.#parts.journal.mark(activity);
    const { iteration } = activity.frame;
    for (const index of outcome.skipped) this.#skipping.skipBlock(activity, index, iteration, branchNotTaken);
    const block = outcome.block === undefined ? undefined : this.#parts.request.plan.blocks[outcome.block];
    if (block === undefined) {
      this.#finishing.finish(activity, 'Succeeded', 'OK');
      return;
    }
    const frame = openFrame(block, activity.frame, activity, { iteration, index: 0, item: null });
    activity.frames.push(frame);
    this.#parts.frontier.enter(frame);
  }

  #wait(activity: Activity, inputs: Value, untilMs: number): void {
    const { time, journal, waits } = this.#parts;
    activity.inputs = inputs;
    const wakeAtMs = activity.wakeAtMs ?? untilMs;
    if (wakeAtMs <= time.now()) {
      this.#finishing.finish(activity, 'Succeeded', 'OK');
      return;
    }
    if (activity.status !== 'Waiting') {
      activity.status = 'Waiting';
      activity.wakeAtMs = wakeAtMs;
      journal.mark(activity);
    }
    waits.park(activity, wakeAtMs);
  }

  #respond(activity: Activity, outcome: Extract<Outcome, { kind: 'respond' }>): void {
    const { request, step, journal } = this.#parts;
    const { runId } = request.run;
    const { statusCode, headers, body } = outcome;
    const message: ResponseMessage = { kind: 'response', statusCode, headers, body };
    step.noteResponse();
    activity.inputs = outcome.inputs;
    activity.outputs = { statusCode, headers, body };
    // Said before the action ends: its end may be the run's. The text is that of the action's outputs, made once.
    journal.add({ kind: 'run-responded', runId, response: activity.texts(stringify).outputs ?? 'null' });
    journal.whenDurable(() => request.host.onResponse(runId, message));
    journal.send(responseSignal(request.run, { statusCode, headers, body }), (sent) => request.host.onSent(sent));
    this.#finishing.finish(activity, 'Succeeded', 'OK');
  }

  #terminate(activity: Activity, outcome: Extract<Outcome, { kind: 'terminate' }>): void {
    const { status, error, inputs } = outcome;
    const why = `the workflow run was terminated by action '${activity.action.name}'.`;
    this.#parts.stop(
      { status, ...(status === 'Succeeded' ? {} : { code: 'Terminated' }), ...(error === undefined ? {} : { error }) },
      why,
      () => {
        activity.inputs = inputs;
        activity.status = 'Succeeded';
        activity.code = 'OK';
        activity.endTime = this.#parts.time.timestamp();
        activity.isDone = true;
        this.#parts.journal.mark(activity);
      },
    );
  }
}

function unmetCondition({ action, frame }: Activity): Failure | undefined {
  for (const predecessor of action.predecessors) {
    const before = frame.activities[predecessor.position];
    if (before !== undefined && (statusBit(before.status) & predecessor.accepts) === 0) {
      return conditionFailed(action.name, before.action.name, predecessor.acceptsText, before.status);
    }
  }
  return undefined;
}
