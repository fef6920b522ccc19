import type { Scope } from '@patchbay/expression';
import type { Outcome } from '../actions/action-kind.ts';
import type { Failure, Status } from '../contract.ts';
import type { Plan } from '../plan/plan.ts';
import {
  type Activity,
  type ForeachLoop,
  type Frame,
  iterationKey,
  type Loop,
  openFrame,
  type UntilLoop,
} from './activity.ts';
import type { ItemsOver } from './past.ts';
import { blockStatus } from './result-rule.ts';

/** What loops need of their run. */
export interface LoopHost {
  readonly plan: Plan;
  now(): number;
  /** Of a Foreach whose run was taken over: the items that need no look. */
  itemsOver(activity: Activity): ItemsOver | undefined;
  /** Expressions evaluated with it see what the actions of this iteration see. */
  scopeAt(frame: Frame, activity: Activity): Scope;
  mark(activity: Activity): void;
  /** Gives the loop its next turn. */
  push(loop: Loop): void;
  enter(frame: Frame): void;
  finish(activity: Activity, status: Status, code: string, error?: Failure): void;
  finishContainer(activity: Activity, status: 'Succeeded' | 'Failed'): void;
  fail(activity: Activity, error: unknown): void;
}

/** Repeats blocks: the items of a Foreach, several at a time, and the rounds of an Until. */
export class Loops {
  readonly #host: LoopHost;

  constructor(host: LoopHost) {
    this.#host = host;
  }

  /** Opens the next item or round. */
  next(loop: Loop): void {
    if (loop.kind === 'foreach') this.#nextItem(loop);
    else this.#nextRound(loop);
  }

  /** An item or a round is over. */
  frameDone(loop: Loop, frame: Frame): void {
    if (loop.kind === 'foreach') this.#itemDone(loop, frame);
    else this.#roundDone(loop, frame);
  }

  /** Begins a Foreach, or goes on with one. */
  beginForeach(activity: Activity, outcome: Extract<Outcome, { kind: 'foreach' }>): void {
    activity.inputs = outcome.items;
    activity.repetitionCount = outcome.items.length;
    activity.frames = [];
    this.#host.mark(activity);
    const over = this.#host.itemsOver(activity);
    const loop: ForeachLoop = {
      kind: 'foreach',
      activity,
      items: outcome.items,
      block: outcome.block,
      concurrency: outcome.concurrency,
      live: [],
      isOver: over?.flags,
      next: 0,
      finished: over?.count ?? 0,
      hasFailed: over?.hasFailed ?? false,
      isQueued: true,
    };
    activity.loop = loop;
    if (outcome.items.length === 0) this.#host.finish(activity, 'Succeeded', 'OK');
    else if (loop.finished === loop.items.length) this.#itemsDone(loop);
    else this.#host.push(loop);
  }

  #nextItem(loop: ForeachLoop): void {
    loop.isQueued = false;
    while (loop.isOver?.[loop.next] === 1) loop.next++;
    const block = this.#host.plan.blocks[loop.block];
    if (block === undefined || loop.next >= loop.items.length || loop.live.length >= loop.concurrency) return;
    const index = loop.next++;
    const { activity } = loop;
    const frame = openFrame(block, activity.frame, activity, {
      iteration: iterationKey(activity.frame.iteration, index),
      index,
      item: loop.items[index] ?? null,
    });
    loop.live.push(frame);
    if (activity.action.keepsIterations) activity.frames?.push(frame);
    // The next item is put below this one's actions: an item that never waits is finished before the next begins.
    this.#queueItem(loop);
    this.#host.enter(frame);
  }

  #queueItem(loop: ForeachLoop): void {
    if (loop.isQueued || loop.next >= loop.items.length || loop.live.length >= loop.concurrency) return;
    loop.isQueued = true;
    this.#host.push(loop);
  }

  #itemDone(loop: ForeachLoop, frame: Frame): void {
    loop.live.splice(loop.live.indexOf(frame), 1);
    loop.finished++;
    if (blockStatus(frame) === 'Failed') loop.hasFailed = true;
    if (loop.finished === loop.items.length) this.#itemsDone(loop);
    else this.#queueItem(loop);
  }

  #itemsDone({ activity, hasFailed }: ForeachLoop): void {
    this.#host.finishContainer(activity, hasFailed ? 'Failed' : 'Succeeded');
  }

  /** Begins an Until, or goes on with one. */
  beginUntil(activity: Activity, outcome: Extract<Outcome, { kind: 'until' }>): void {
    activity.frames = [];
    activity.repetitionCount = outcome.done;
    this.#host.mark(activity);
    activity.loop = {
      kind: 'until',
      activity,
      rule: outcome,
      startedMs: Date.parse(activity.startTime),
      live: undefined,
      next: outcome.done,
    };
    this.#host.push(activity.loop);
  }

  #nextRound(loop: UntilLoop): void {
    const { activity } = loop;
    const block = this.#host.plan.blocks[loop.rule.block];
    if (block === undefined) return;
    const index = loop.next++;
    const iteration = iterationKey(activity.frame.iteration, index);
    const frame = openFrame(block, activity.frame, activity, { iteration, index, item: null });
    loop.live = frame;
    activity.frames = [frame];
    this.#host.enter(frame);
  }

  #roundDone(loop: UntilLoop, frame: Frame): void {
    const { activity, rule } = loop;
    loop.live = undefined;
    activity.repetitionCount = loop.next;
    let isOver: boolean;
    try {
      isOver = rule.condition(this.#host.scopeAt(frame, activity));
    } catch (error) {
      this.#host.fail(activity, error);
      return;
    }
    const isAtLimit = loop.next >= rule.maxCount || this.#host.now() - loop.startedMs >= rule.timeoutMs;
    if (isOver || (isAtLimit && !rule.failsAtLimit)) {
      this.#host.finishContainer(activity, blockStatus(frame));
    } else if (isAtLimit) {
      const code = 'ActionUntilConditionFailed';
      const message = `The 'until' action '${activity.action.name}' reached its limit before its condition was met.`;
      this.#host.finish(activity, 'Failed', code, { code, message });
    } else {
      this.#host.mark(activity);
      this.#host.push(loop);
    }
  }
}
