import type { Evaluator, JsonValue, Scope, Value } from '@patchbay/expression';
import type { Transformation } from '@patchbay/transform';
import type {
  Artifact,
  ArtifactKind,
  CodeRequest,
  ConnectionReference,
  ConnectorInvocation,
  Failure,
  Invocation,
  JsonText,
  Status,
} from '../contract.ts';
import type { DialectDefaults } from '../dialect/dialect.ts';
import type { FindingCode, Severity } from '../findings.ts';
import type { JsonObject } from '../plan/json.ts';
import type { RetryPolicy } from '../retry/retry-policy.ts';
import type { Variables } from '../run/variables.ts';

/** One kind of action: what its definition means, compiled once, and what it does, each time. */
export type ActionKind = {
  readonly type: string;
  readonly compile: (source: ActionSource, context: CompileContext) => CompiledAction;
};

export type ActionSource = {
  readonly name: string;
  readonly type: string;
  readonly definition: JsonObject;
  /** `inputs`, as the definition gives it. */
  readonly inputs: JsonValue | undefined;
  /** JSON pointer of the action. */
  readonly pointer: string;
  /** Within a Foreach, at any depth. */
  readonly isInForeach: boolean;
};

/** What compiling an action can ask for. */
export interface CompileContext {
  /** What holds where the definition says nothing. */
  readonly defaults: DialectDefaults;
  /** Compiles every template in a JSON value; what is wrong becomes a finding. */
  evaluator(value: JsonValue, pointer: string): Evaluator;
  /** Compiles nested actions and answers their block. */
  block(actions: JsonValue | undefined, pointer: string): number;
  report(code: FindingCode, severity: Severity, message: string, pointer: string, subject?: string): void;
  retryPolicy(inputs: JsonValue | undefined, pointer: string): RetryPolicy;
  /** The reference as the flow's `connectionReferences` name it. */
  connectionReference(name: string, pointer: string): void;
  /** A flow that the action calls. */
  useFlow(reference: string, pointer: string): void;
}

export type CompiledAction = {
  /** Throws `ExpressionError` or `ActionFailure`; both become the action's failure. */
  readonly execute: (step: Step) => Outcome;
  /** Goes on where a recorded, unfinished execution left off. Without it the action is executed again. */
  readonly resume?: (step: Step, recorded: Recorded) => Outcome;
  /** What a call is asked, as history shows it: a result that stands in for the call is seen beside it. Throws as `execute` does. */
  readonly inputs?: (step: Step) => Value;
  readonly role: 'plain' | 'loop' | 'container' | 'response';
  /** Waits for a callback, so that its expressions may ask for the address. */
  readonly isWebhook?: boolean;
  /** Of a Response that only acknowledges. */
  readonly isAsynchronous?: boolean;
  /** Nested blocks, in definition order. */
  readonly blocks: readonly number[];
  /** How an error of the action's own expressions is told. */
  readonly subject?: 'inputs' | 'action';
};

export type Recorded = { readonly inputs: Value; readonly outputs: Value; readonly repetitionCount: number };

/** One execution of one action, as its kind sees it. */
export interface Step {
  readonly scope: Scope;
  readonly action: string;
  readonly variables: Variables;
  nowMs(): number;
  /** Runs with `item()` meaning this item. */
  withItem<T>(item: Value, body: () => T): T;
  connection(reference: string): ConnectionReference | undefined;
  /**
   * Whether a caller still waits for a Response action; `too-late`: one has waited in vain. `isAsynchronous`: the caller has gone and looks
   * later for what this Response says.
   */
  responseState(isAsynchronous: boolean): 'waiting' | 'answered' | 'too-late' | 'nobody';
}

/** What work has at hand. */
export interface WorkTools {
  readonly signal: AbortSignal;
  artifact(kind: ArtifactKind, name: string): Promise<Artifact | undefined>;
  /** Throws `TransformError`. */
  transform(transformation: Transformation): Promise<Value>;
  /** Throws `InvocationError`, also when there is nothing to run code with. */
  runCode(request: Pick<CodeRequest, 'language' | 'source' | 'workflowContext' | 'timeoutMs'>): Promise<Value>;
}

/** How an action gives back what it asked to be called back for, when it waits no more. */
export type CallbackRule = {
  /** The connection that subscribed and what it was asked; absent where the action makes its own requests. */
  readonly call?: ConnectorInvocation;
  /** Evaluated when it is needed; the action's outputs are then what the subscription was answered. Throws `ExpressionError`. */
  readonly unsubscribe: (step: Step, subscription: JsonValue | undefined) => Giving | undefined;
};

export type Giving = { readonly invocation: Invocation; readonly retryPolicy: RetryPolicy };

/** What executing an action asks the run to do. */
export type Outcome =
  | {
      readonly kind: 'finished';
      readonly status: Status;
      readonly code: string;
      readonly inputs?: Value;
      readonly outputs?: Value;
      readonly error?: Failure;
    }
  | {
      readonly kind: 'call';
      readonly inputs: Value;
      readonly invocation: Invocation;
      readonly retryPolicy: RetryPolicy;
      readonly timeoutMs: number | undefined;
      /** 202 with a Location: ask there until the answer is another. */
      readonly followsLocation: boolean;
      /** An answer only says that there will be a callback; what that brings is the result. */
      readonly callback?: CallbackRule;
    }
  | {
      readonly kind: 'call-flow';
      readonly inputs: Value;
      /** By which name or id the definition means the flow. */
      readonly reference: string;
      /** The flow's only Request trigger unless told. */
      readonly trigger?: string;
      readonly headers: { readonly [name: string]: Value };
      readonly body: Value;
      readonly retryPolicy: RetryPolicy;
      readonly timeoutMs: number | undefined;
    }
  | {
      readonly kind: 'send-to-batch';
      readonly inputs: Value;
      /** By which name or id the definition means the flow. */
      readonly reference: string;
      /** The flow's only Batch trigger unless told. */
      readonly trigger?: string;
      readonly batchName: string;
      readonly partition: string;
      /** A new one unless told. */
      readonly messageId?: string;
      readonly content: JsonText;
    }
  /** Something that takes its time but has no effect: it is done again when nobody knows whether it was. */
  | {
      readonly kind: 'work';
      readonly inputs: Value;
      readonly timeoutMs: number | undefined;
      /** Answers the outputs. Throws as `execute` does, or `InvocationError`. */
      readonly perform: (tools: WorkTools) => Promise<Value>;
    }
  | { readonly kind: 'wait'; readonly inputs: Value; readonly untilMs: number }
  | {
      readonly kind: 'branch';
      readonly inputs?: Value;
      readonly outputs?: Value;
      /** The block to run; `undefined`: none. */
      readonly block: number | undefined;
      readonly skipped: readonly number[];
    }
  | {
      readonly kind: 'foreach';
      readonly items: readonly Value[];
      readonly block: number;
      readonly concurrency: number;
    }
  | {
      readonly kind: 'until';
      readonly block: number;
      readonly condition: (scope: Scope) => boolean;
      readonly maxCount: number;
      readonly timeoutMs: number;
      readonly failsAtLimit: boolean;
      /** Rounds that are over already. */
      readonly done: number;
    }
  | {
      readonly kind: 'respond';
      readonly inputs: Value;
      readonly statusCode: number;
      readonly headers: { readonly [name: string]: string };
      readonly body: Value;
    }
  | {
      readonly kind: 'terminate';
      readonly inputs: Value;
      readonly status: 'Succeeded' | 'Failed' | 'Cancelled';
      readonly error?: Failure;
    };

/** A plain success. */
export function succeeded(inputs: Value, outputs: Value): Outcome {
  return { kind: 'finished', status: 'Succeeded', code: 'OK', inputs, outputs };
}
