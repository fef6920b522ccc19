import { stringify } from '@patchbay/expression';
import type { RunSignal } from '../contract.ts';
import { ActionRunner, type RunEnd } from './action-runner.ts';
import { type Frame, openFrame } from './activity.ts';
import { endOfRunMs } from './end-of-run.ts';
import { Frontier } from './frontier.ts';
import { Inbox } from './inbox.ts';
import { Journal } from './journal.ts';
import { eachOpen } from './open-activities.ts';
import { endSignal } from './parent-signal.ts';
import { actionFailed, blockStatus } from './result-rule.ts';
import { runOutputs } from './run-outputs.ts';
import type { RunRequest } from './run-request.ts';
import { RunStep } from './run-step.ts';
import { RunTime } from './run-time.ts';
import { Waits } from './waits.ts';

/** Appends of one run that may be under way before the run waits for one. */
const maximumAppends = 4;
/** How long records that nobody waits for may wait for more of them, so that a short call costs no commit of its own. */
const holdMs = 20;
/** How long a run that waits for a signal stays in memory: most of them come soon, and coming back costs a look at the store. */
const lingerMs = 1_000;
/** How often a run in memory that waits for a signal looks whether one has come by way of another process. */
const recheckMs = 1_000;
/** Steps between two looks at the clock of a slice. */
const stepsPerLook = 16;

export type RunStart = { readonly owner: string; readonly leaseUntilMs: number; readonly uniqueKey?: string };

/**
 * One run in memory: a state machine over its records. What is ready is derived from the plan and from what has finished; pure
 * actions run on while their records are being written, effects wait for the records before them.
 */
export class Run {
  readonly runId: string;
  /** Whether it waits for its turn; kept by whoever gives the turns. */
  isQueued = false;
  readonly #request: RunRequest;
  readonly #root: Frame;
  readonly #time: RunTime;
  readonly #step: RunStep;
  readonly #journal: Journal;
  readonly #waits: Waits;
  readonly #inbox: Inbox;
  readonly #frontier: Frontier;
  readonly #actions: ActionRunner;
  readonly #endsAtMs: number;
  readonly #onAppendFailure = (error: unknown): void => this.#halt(error);
  /** `closing`: it ends, and first gives back what it will not wait for. */
  #state: 'active' | 'closing' | 'ending' | 'gone' = 'active';
  #rejectStart: ((error: unknown) => void) | undefined;
  #cancelHold: (() => void) | undefined;
  /** When the run last did something. */
  #activeAtMs = 0;

  constructor(request: RunRequest) {
    const { plan, run, host, past } = request;
    this.runId = run.runId;
    this.#request = request;
    this.#endsAtMs = endOfRunMs(request);
    const rootBlock = plan.blocks[0];
    if (rootBlock === undefined) throw new TypeError('a plan has at least its own block');
    this.#root = openFrame(rootBlock, undefined, undefined, { iteration: '', index: 0, item: null });
    this.#time = new RunTime(host.clock);
    this.#step = new RunStep(request, this.#time, this.#root);
    this.#journal = new Journal(host, request.lease, past?.lastSequence ?? 0);
    this.#waits = new Waits(host.clock);
    this.#inbox = new Inbox(run.runId, this.#journal, (activity) => this.#actions.calls.signalled(activity));
    this.#inbox.deliver(request.signals ?? []);
    this.#frontier = new Frontier((frame) => this.#frameDone(frame));
    this.#actions = new ActionRunner({
      request,
      time: this.#time,
      step: this.#step,
      journal: this.#journal,
      frontier: this.#frontier,
      waits: this.#waits,
      inbox: this.#inbox,
      isActive: () => this.#state === 'active',
      changed: () => this.#changed(),
      stop: (end, why, complete) => this.#interrupt(end, why, complete),
    });
  }

  /** Whether others may wait for this run to end. */
  get hasGate(): boolean {
    return this.#request.run.gate !== undefined;
  }

  /** A resumed run finds its place by its records. */
  resume(): void {
    this.#frontier.enter(this.#root);
  }

  /** A new run says so first. */
  begin(start: RunStart): void {
    this.#journal.add({ kind: 'run-started', run: this.#request.run, ...start });
    this.#frontier.enter(this.#root);
  }

  /** Resolves when what was said so far is durable; rejects when the store refuses it. For a run that has just begun. */
  started(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#journal.whenDurable(() => resolve());
      this.#rejectStart = reject;
    });
  }

  /** Works until nothing is ready or the time is up; `true`: there is more to do now. */
  advance(deadlineMs: number): boolean {
    let steps = 0;
    if (this.#state === 'active' && this.#time.now() >= this.#endsAtMs) this.#timeOut();
    while (this.#state === 'active') {
      const item = this.#frontier.take();
      if (item === undefined) break;
      if (item.kind === 'activity') this.#actions.begin(item);
      else this.#actions.loops.next(item);
      const isLate = ++steps % stepsPerLook === 0 && performance.now() > deadlineMs;
      if (!isLate && !this.#journal.isFull) continue;
      this.#flush();
      if (this.#journal.appendsInFlight >= maximumAppends) return this.#awaitAppends();
      if (isLate) return this.#frontier.size > 0;
    }
    if (steps > 0) this.#activeAtMs = this.#time.now();
    this.#rest();
    return false;
  }

  /** Hands over signals that are durable; `false`: the run takes nothing more, and they wait for whoever goes on with it. */
  deliver(signals: readonly RunSignal[]): boolean {
    if (this.#state !== 'active') return false;
    if (signals.length > 0) {
      this.#inbox.deliver(signals);
      this.#changed();
    }
    return true;
  }

  /** Stops because someone asked for it; `closing`: once it has given back what it will not wait for. */
  cancel(): 'closing' | 'stopped' {
    if (this.#state === 'closing') return 'closing';
    const code = 'WorkflowRunCancelled';
    const error = { code, message: 'The workflow run was cancelled.' };
    this.#interrupt({ status: 'Cancelled', code, error }, 'the workflow run was cancelled.');
    this.#changed();
    return this.#isClosing ? 'closing' : 'stopped';
  }

  #timeOut(): void {
    const code = 'WorkflowRunTimedOut';
    const days = this.#request.plan.runDurationMs / 86_400_000;
    const error = { code, message: `The workflow run took longer than ${days} days, which is the most that it may.` };
    this.#interrupt({ status: 'TimedOut', code, error }, 'the workflow run timed out.');
  }

  /** Ends the run before its time; `complete` ends the action that asks for it. */
  #interrupt(end: RunEnd, why: string, complete: () => void = () => undefined): void {
    if (this.#request.past !== undefined) this.#adoptRecorded();
    if (this.#state === 'active') this.#stop(end, why, complete);
  }

  /** What a run that was taken over has on record takes its place, so that it can be stopped; nothing new is begun. */
  #adoptRecorded(): void {
    while (this.#state === 'active') {
      const item = this.#frontier.take();
      if (item === undefined) return;
      if (item.kind !== 'activity') this.#actions.loops.next(item);
      else if (this.#actions.isRecorded(item)) this.#actions.begin(item);
    }
  }

  get #isClosing(): boolean {
    return this.#state === 'closing';
  }

  /** Gives the run up in good order, so that another process may go on with it at once. */
  release(): void {
    if (this.#state !== 'active' && this.#state !== 'closing') return;
    eachOpen(this.#root, (activity) => this.#actions.abandon(activity));
    this.#sleep(this.#time.now());
    this.#flush();
  }

  /** Forgets the run: nothing more is written or called. */
  abandon(): void {
    this.#leave();
    eachOpen(this.#root, (activity) => this.#actions.abandon(activity));
  }

  #frameDone(frame: Frame): void {
    if (frame.owner !== undefined) {
      this.#actions.frameDone(frame.owner, frame);
      return;
    }
    const status = blockStatus(frame);
    this.#end(status === 'Succeeded' ? { status } : { status, code: actionFailed.code, error: { ...actionFailed } });
  }

  /** Ends the run from within: what runs is cancelled, what has not begun is skipped. */
  #stop(end: RunEnd, why: string, complete: () => void): void {
    this.#frontier.close();
    this.#state = 'closing';
    const finish = (): void => {
      if (this.#state !== 'closing') return;
      complete();
      this.#actions.stopFrame(this.#root, why);
      this.#end(end);
    };
    const giving = this.#actions.giveBackOpen(this.#root);
    if (giving.length === 0) finish();
    else
      void Promise.all(giving).then(() => {
        finish();
        this.#changed();
      });
  }

  #wakeDue(): void {
    const nowMs = this.#time.now();
    // The next turn ends a run that has lasted too long; nothing is begun before.
    const due = nowMs < this.#endsAtMs ? this.#waits.takeDue(nowMs) : [];
    for (const activity of due) this.#actions.wake(activity);
    this.#changed();
  }

  /** Nothing is ready: write what was said, then wait in memory, sleep in the store, or be done. */
  #rest(): void {
    if (this.#state === 'active') {
      const wakeAtMs = this.#waits.nextMs();
      if (wakeAtMs !== undefined) this.#waitUntil(Math.min(wakeAtMs, this.#endsAtMs));
    }
    if (this.#mayHold()) this.#hold();
    else this.#flush();
  }

  #waitUntil(wakeAtMs: number): void {
    const { host } = this.#request;
    const nowMs = this.#time.now();
    if (wakeAtMs <= nowMs) {
      this.#wakeDue();
      return;
    }
    const { isListening } = this.#inbox;
    const staysHere = this.#actions.inFlight > 0 || host.staysInMemory(this.runId, wakeAtMs);
    const untilMs = staysHere ? wakeAtMs : isListening ? Math.min(wakeAtMs, this.#lingersUntilMs()) : 0;
    if (untilMs > nowMs) this.#wakeIn(untilMs, isListening && !host.isAlone ? nowMs + recheckMs : untilMs);
    else {
      this.#inbox.dropUnheard();
      this.#sleep(wakeAtMs);
    }
  }

  /** Other processes that take signals to this run tell the store, not this process: it looks there now and then. */
  #wakeIn(untilMs: number, lookAtMs: number): void {
    this.#waits.callAt(Math.min(untilMs, lookAtMs), () => {
      if (this.#state !== 'active') return;
      if (lookAtMs < untilMs) this.#request.host.fetchSignals(this.runId);
      this.#wakeDue();
    });
  }

  /** A signal may come soon; and somebody who waits for the answer hears it only from here. */
  #lingersUntilMs(): number {
    return Math.max(this.#activeAtMs + lingerMs, this.#request.host.awaitedUntilMs(this.runId) ?? 0);
  }

  /** Of a run whose caller waits for the answer nobody has been told yet: as long as nothing depends on its records, they can wait. */
  #mayHold(): boolean {
    return (
      this.#state === 'active' &&
      this.#actions.inFlight > 0 &&
      !this.#journal.isAwaited &&
      this.#request.host.awaitsResponse(this.runId)
    );
  }

  #hold(): void {
    if (this.#journal.size === 0 || this.#cancelHold !== undefined) return;
    this.#cancelHold = this.#request.host.clock.at(this.#time.now() + holdMs, () => {
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

  #end(end: RunEnd): void {
    const outputs =
      end.status === 'Succeeded' && this.#request.plan.outputs.length > 0
        ? runOutputs(this.#request.plan, this.#step.scopeAtEnd())
        : undefined;
    this.#state = 'ending';
    this.#journal.add({
      kind: 'run-finished',
      runId: this.runId,
      status: end.status,
      ...(end.code === undefined ? {} : { code: end.code }),
      ...(end.error === undefined ? {} : { error: end.error }),
      endTime: this.#time.timestamp(),
      ...(outputs === undefined ? {} : { outputs: stringify(outputs) }),
    });
    const { run, host } = this.#request;
    if (!this.#step.hasResponded) this.#journal.send(endSignal(run, end.status), (sent) => host.onSent(sent));
    this.#journal.whenDurable(() => {
      this.#leave();
      host.onRest(this.runId, { kind: 'finished' });
    });
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
    this.#frontier.close();
    this.#waits.stop();
  }
}
