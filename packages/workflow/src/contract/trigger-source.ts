import type { JsonValue, Value } from '@patchbay/expression';
import type { InvokedConnection } from './flow-source.ts';
import type { ConnectorInvocation, Invocation } from './invoker.ts';
import type { Failure } from './run-record.ts';

/** What a trigger asks of its connector. */
export type ConnectionCall = ConnectorInvocation;
/** What a trigger asks of an address. */
export type HttpCall = Extract<Invocation, { readonly kind: 'http' }>;
export type TriggerCall = ConnectionCall | HttpCall;

/** Why there is no answer to go on with. */
export type WatchFailure = {
  readonly kind: 'failed';
  readonly error: Failure;
  /** Whether another attempt may succeed without anybody doing anything. */
  readonly isRetryable: boolean;
  /** The API asks for a pause. */
  readonly retryAfterMs?: number;
  /** What the API answered, where it did. */
  readonly statusCode?: number;
};

export type SubscribeAnswer =
  /** `state`: how to give the subscription back. `renewAtMs`: when to subscribe again, before it ends. */
  { readonly kind: 'subscribed'; readonly state: JsonValue; readonly renewAtMs?: number } | WatchFailure;

export type UnsubscribeAnswer = { readonly kind: 'unsubscribed' } | WatchFailure;

export type PollAnswer =
  | {
      readonly kind: 'polled';
      readonly state: JsonValue;
      /** The trigger's outputs; absent when there is nothing new. */
      readonly outputs?: Value;
      /** The API says when to ask again. */
      readonly retryAfterMs?: number;
    }
  | WatchFailure;

export type WatchContext = {
  readonly environmentId: string;
  readonly flowId: string;
  readonly trigger: string;
  readonly addressId?: string;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

export type SubscribeOptions = {
  readonly callbackUrl: string;
  /** The call's operation names the one that subscribes (`x-ms-notification`). */
  readonly isLinked: boolean;
  /** How to give the subscription back, of what the API answered; throws `ExpressionError`. Absent: as the connector says. */
  readonly unsubscribe?: (answer: Value) => TriggerCall;
};

/** `takesAnyStatus`: whether the trigger fires is for its conditions to say, whatever the API answers. */
export type PollOptions = { readonly takesAnyStatus: boolean };

/** How APIs are asked for events. Never rejects for what an API or the network does: that is a {@link WatchFailure}. */
export interface TriggerSource {
  /** The signed address that the API is to call. */
  callbackUrl(flowId: string, addressId: string): Promise<string>;
  subscribe(call: TriggerCall, options: SubscribeOptions, context: WatchContext): Promise<SubscribeAnswer>;
  unsubscribe(connection: InvokedConnection, state: JsonValue, context: WatchContext): Promise<UnsubscribeAnswer>;
  /** `state`: what the last poll answered; `null` the first time. */
  poll(call: TriggerCall, state: JsonValue, context: WatchContext, options?: PollOptions): Promise<PollAnswer>;
}
