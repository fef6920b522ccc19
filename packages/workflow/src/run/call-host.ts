import type { Step } from '../actions/action-kind.ts';
import type { Clock, Failure, InvocationResult, Invoker, RunSignal, Timestamp } from '../contract.ts';
import type { Activity } from './activity.ts';
import type { ChildFlows } from './child-flows.ts';

/** What calls need of their run. */
export interface CallHost {
  readonly clock: Clock;
  readonly invoker: Invoker;
  readonly environmentId: string;
  readonly flowId: string;
  readonly flowRevision: number;
  readonly runId: string;
  readonly clientTrackingId: string;
  /** When the run ends at the latest. */
  readonly runEndsAtMs: number;
  /** How many flows called one another down to this run. */
  readonly depth: number;
  readonly children: ChildFlows;
  /** Whether anybody can call a webhook action back. */
  readonly isCallable: boolean;
  random(): number;
  timestamp(): Timestamp;
  /** Starts an effect once everything said so far is durable, with the time at which the store was asked. */
  afterCommit(effect: (askedMs: number) => void): void;
  /** Whether the run, this process's at a time, has been it ever since as far as this process knows. */
  isHeldSince(ms: number): boolean;
  mark(activity: Activity): void;
  /** Looks at the activity again at a time. */
  park(activity: Activity, wakeAtMs: number): void;
  /** Tells the activity's call of signals from now on. */
  listen(activity: Activity): void;
  /** Takes a signal to the activity, used up with its next record. */
  takeSignal(activity: Activity): RunSignal | undefined;
  /** What the expressions of an activity see. */
  stepAt(activity: Activity): Step;
  finish(activity: Activity, result: CallEnd): void;
  /** A callback from outside has changed something. */
  changed(): void;
  report(error: unknown, activity: Activity, what?: string): void;
}

export type CallEnd = {
  readonly status: 'Succeeded' | 'Failed' | 'TimedOut';
  readonly code: string;
  readonly error?: Failure;
  readonly result?: InvocationResult;
};
