import type { Evaluator, JsonValue } from '@patchbay/expression';
import type { CompiledAction } from '../actions/action-kind.ts';
import type { Failure, Status } from '../contract.ts';
import type { Dialect } from '../dialect/dialect.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import type { SchemaCheck } from '../schema/schema-check.ts';
import type { EvaluateCall } from '../triggers/connector-call.ts';

/** A definition made ready to run: actions are numbered, names resolved, expressions compiled. Immutable; made once per revision. */
export type Plan = {
  /** Which product it was written for. */
  readonly dialect: Dialect;
  /** How long a run may last. */
  readonly runDurationMs: number;
  /** Block 0 is the definition's own `actions`. */
  readonly blocks: readonly Block[];
  readonly actions: readonly ActionPlan[];
  /** Lower-case name → index into `actions`. */
  readonly actionByName: ReadonlyMap<string, number>;
  readonly triggers: readonly TriggerPlan[];
  readonly parameters: readonly ParameterPlan[];
  readonly outputs: readonly OutputPlan[];
  readonly hasResponse: boolean;
  /** Whether actions wait to be called back. */
  readonly hasWebhooks: boolean;
  /** The flows that actions call, as they name them, where that stands in the definition. */
  readonly flowUses: readonly { readonly reference: string; readonly pointer: string }[];
};

/** Actions that start and end together: the definition itself, a scope, a branch, the body of a loop. */
export type Block = {
  readonly index: number;
  readonly parent: number;
  /** The action whose block this is; -1 for the definition's own. */
  readonly owner: number;
  readonly members: readonly ActionPlan[];
  /** Members (by position) that start with the block. */
  readonly entries: readonly number[];
  /** How many predecessors each member waits for. */
  readonly pending: readonly number[];
  /** Members that nothing runs after. */
  readonly leaves: readonly number[];
};

export type ActionPlan = {
  readonly index: number;
  readonly name: string;
  /** The type as the definition spells it. */
  readonly type: string;
  readonly block: number;
  /** Position among the block's members. */
  readonly position: number;
  readonly predecessors: readonly Predecessor[];
  /** Positions of the members that run after this one, last first. */
  readonly successors: readonly number[];
  readonly compiled: CompiledAction;
  readonly staticResult?: StaticResult;
  readonly trackedProperties?: Evaluator;
  /** Results of the iterations are asked for from outside this loop: those of all items, or of the last round, are kept. */
  readonly keepsIterations: boolean;
};

export type Predecessor = {
  readonly position: number;
  /** The accepted statuses, as {@link statusBit}s. */
  readonly accepts: number;
  /** The accepted statuses as messages name them. */
  readonly acceptsText: string;
};

/** What an action answers without being executed: the `staticResults` shape. */
export type StaticResult = {
  readonly status: Status;
  readonly code: string;
  readonly outputs?: JsonValue;
  readonly error?: Failure;
};

export type ParameterPlan = { readonly name: string; readonly type: string; readonly defaultValue?: JsonValue };
export type OutputPlan = { readonly name: string; readonly type: string; readonly evaluate: Evaluator };

/** How many runs of a trigger there may be at a time, and how many more may wait. */
export type TriggerConcurrency = { readonly runs: number; readonly maximumWaitingRuns: number };

export type TriggerPlan = {
  readonly name: string;
  readonly type: string;
  readonly kind?: string;
  readonly conditions: readonly { readonly text: string; readonly evaluate: Evaluator }[];
  /** Its conditions say which answers of an API fire, in the place of 200. */
  readonly takesAnyStatus: boolean;
  readonly splitOn?: Evaluator;
  readonly clientTrackingId?: Evaluator;
  readonly splitClientTrackingId?: Evaluator;
  /** Absent: as many runs at a time as there are. */
  readonly concurrency?: TriggerConcurrency;
  /** Of a Request trigger with `EnableSchemaValidation`. */
  readonly checkBody?: SchemaCheck;
  /** The same of its header fields, whose names are in lower case. */
  readonly checkHeaders?: SchemaCheck;
  /** Gives what `readRecurrence` reads; a start time may be a parameter. */
  readonly recurrence?: Evaluator;
  /** Of a SlidingWindow trigger; the delay is a duration, or null. */
  readonly window?: { readonly delay: Evaluator };
  /** Of a trigger that hears of events at an API. */
  readonly watch?: WatchPlan;
  /** Of a Batch trigger. */
  readonly batches?: readonly BatchPlan[];
};

/** One batch of a Batch trigger, and what releases it; a limit that is null is none. */
export type BatchPlan = {
  readonly name: string;
  readonly messageCount: Evaluator;
  readonly byteCount: Evaluator;
  readonly recurrence?: Evaluator;
};

/** How a trigger hears of events at an API: it is called, it asks, or it is called and asks then. */
export type WatchPlan =
  | {
      readonly kind: 'subscription';
      readonly subscribe: EvaluateCall;
      /** How to give it back, where the trigger says so itself; sees what the subscribing call answered as the trigger's outputs. */
      readonly unsubscribe?: EvaluateCall;
    }
  | {
      readonly kind: 'poll';
      readonly poll: EvaluateCall;
      /** Gives what `readRecurrence` reads. */
      readonly recurrence: Evaluator;
      /** When a failed poll is made again before the next regular one; a watch's own pauses where a trigger says nothing. */
      readonly retryPolicy?: RetryPolicy;
    }
  | {
      readonly kind: 'notification';
      readonly subscribe: EvaluateCall;
      readonly poll: EvaluateCall;
      /** The operation of `subscribe` names the one that subscribes. */
      readonly isLinked: boolean;
    };

/** Whether what an action holds runs once per item; of an Until the last round counts alone. */
export function goesOverItems(action: ActionPlan): boolean {
  return action.type.toLowerCase() === 'foreach';
}

/** One bit per status that `runAfter` can name. */
export function statusBit(status: Status): number {
  switch (status) {
    case 'Succeeded':
      return 1;
    case 'Failed':
      return 2;
    case 'Skipped':
      return 4;
    case 'TimedOut':
      return 8;
    case 'Cancelled':
      return 16;
    case 'Running':
    case 'Waiting':
      return 0;
  }
}
