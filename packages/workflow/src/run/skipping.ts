import type { ActionRecord, Failure, Timestamp } from '../contract.ts';
import type { ActionPlan, Plan, StaticResult } from '../plan/plan.ts';
import { Activity, type Frame, openFrame, recordKey } from './activity.ts';
import { dependencyFailed } from './skip-reason.ts';

/** What skipping needs of its run. */
export interface SkippingHost {
  readonly plan: Plan;
  /** The records of a run that was taken over. */
  readonly recorded: ReadonlyMap<string, ActionRecord> | undefined;
  timestamp(): Timestamp;
  guid(): string;
  staticResult(action: ActionPlan): StaticResult | undefined;
  mark(activity: Activity): void;
}

/** Leaves actions out, with everything in them, and says why in their records. */
export class Skipping {
  readonly #host: SkippingHost;

  constructor(host: SkippingHost) {
    this.#host = host;
  }

  skip(activity: Activity, error: Failure): void {
    activity.frame.activities[activity.action.position] = activity;
    const recorded = this.#host.recorded?.get(recordKey(activity.action.name, activity.frame.iteration));
    if (recorded === undefined) {
      activity.status = 'Skipped';
      activity.code = 'ActionSkipped';
      activity.error = error;
      activity.startTime = this.#host.timestamp();
      activity.endTime = activity.startTime;
      activity.trackingId = this.#host.guid();
      this.#host.mark(activity);
    } else activity.load(recorded);
    activity.isDone = true;
    this.skipInside(activity);
  }

  /** A container that did not open its blocks leaves everything in them skipped. */
  skipInside(activity: Activity): void {
    const { action, frame, status, code } = activity;
    if (action.compiled.blocks.length === 0 || activity.loop !== undefined || activity.frames !== undefined) return;
    if (this.#host.staticResult(action) !== undefined) return;
    for (const index of action.compiled.blocks) {
      this.skipBlock(activity, index, frame.iteration, (name) =>
        dependencyFailed(name, action.name, status, code ?? 'ActionSkipped'),
      );
    }
  }

  skipBlock(owner: Activity, index: number, iteration: string, reason: (name: string) => Failure): void {
    const block = this.#host.plan.blocks[index];
    if (block === undefined || block.members.length === 0) return;
    const frame: Frame = openFrame(block, owner.frame, owner, { iteration, index: 0, item: null });
    frame.remaining = 0;
    owner.frames ??= [];
    owner.frames.push(frame);
    for (const member of block.members) this.skip(new Activity(member, frame), reason(member.name));
  }
}
