import { ExpressionError, type Scope, type Value } from '@patchbay/expression';
import { ActionFailure } from '../actions/action-failure.ts';
import type { Failure, Status } from '../contract.ts';
import type { EngineLogger } from '../engine/engine-contract.ts';
import type { StaticResult } from '../plan/plan.ts';
import type { Activity } from './activity.ts';
import type { CallEnd } from './call-host.ts';
import { failureOf } from './failure-of.ts';
import type { Frontier } from './frontier.ts';
import type { Journal } from './journal.ts';
import { actionFailed } from './result-rule.ts';
import type { RunStep } from './run-step.ts';
import type { RunTime } from './run-time.ts';
import type { Skipping } from './skipping.ts';

/** What finishing an action needs of its run. */
export type FinishingParts = {
  readonly runId: string;
  readonly logger: EngineLogger;
  readonly time: RunTime;
  readonly step: RunStep;
  readonly journal: Journal;
  readonly frontier: Frontier;
  readonly skipping: Skipping;
};

/** Ends actions: their result goes to the journal, and what waits for them comes nearer. */
export class Finishing {
  readonly #parts: FinishingParts;

  constructor(parts: FinishingParts) {
    this.#parts = parts;
  }

  finish(activity: Activity, status: Status, code: string, error?: Failure): void {
    const { time, journal, skipping, frontier } = this.#parts;
    activity.status = status;
    activity.code = code;
    activity.error = error;
    activity.intent = undefined;
    activity.wakeAtMs = undefined;
    activity.endTime = time.timestamp();
    if (activity.action.trackedProperties !== undefined) this.#track(activity, activity.action.trackedProperties);
    activity.isDone = true;
    journal.mark(activity);
    skipping.skipInside(activity);
    frontier.settle(activity);
  }

  /** Ends an action by what its execution threw. */
  fail(activity: Activity, error: unknown): void {
    if (error instanceof ActionFailure) {
      if (error.inputs !== undefined) activity.inputs = error.inputs;
      if (error.outputs !== undefined) activity.outputs = error.outputs;
    }
    const { failure, isUnexpected } = failureOf(activity, error);
    if (isUnexpected) {
      const { logger, runId } = this.#parts;
      logger.error({ err: error, runId, action: activity.action.name }, 'an action failed unexpectedly');
    }
    this.finish(activity, 'Failed', failure.code, failure);
  }

  /** Ends an action by a result that stands in for executing it. */
  finishFixed(activity: Activity, fixed: StaticResult): void {
    activity.inputs = this.#inputsOf(activity);
    activity.outputs = fixed.outputs;
    this.finish(activity, fixed.status, fixed.code, fixed.error);
  }

  finishCall(activity: Activity, end: CallEnd): void {
    if (end.result !== undefined) {
      const { statusCode, headers, body } = end.result;
      activity.outputs = { statusCode, headers, body };
    } else activity.outputs = undefined;
    this.finish(activity, end.status, end.code, end.error);
  }

  /** Ends an action by the result of its blocks. */
  finishContainer(activity: Activity, status: 'Succeeded' | 'Failed'): void {
    if (status === 'Succeeded') this.finish(activity, status, 'OK');
    else this.finish(activity, status, actionFailed.code, { ...actionFailed });
  }

  /** What a call would have been asked; nothing where that cannot be told: it was not asked after all. */
  #inputsOf(activity: Activity): Value | undefined {
    const { inputs } = activity.action.compiled;
    if (inputs === undefined) return undefined;
    const step = this.#parts.step.moveTo(activity);
    try {
      return inputs(step);
    } catch (error) {
      if (error instanceof ExpressionError) return undefined;
      throw error;
    }
  }

  #track(activity: Activity, evaluate: (scope: Scope) => Value): void {
    try {
      activity.trackedProperties = evaluate(this.#parts.step.scopeAt(activity.frame, activity));
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
}
