import type { Value } from '@patchbay/expression';
import type { ConnectorInvocation } from '../contract.ts';
import { defaultRetryPolicy, type RetryPolicy } from '../retry/retry-policy.ts';
import type { CallbackRule, Outcome, Step } from './action-kind.ts';

/** Asks a connector to call back, and waits for that. */
export function subscribeOutcome(
  step: Step,
  call: ConnectorInvocation,
  options: {
    readonly inputs: Value;
    readonly retryPolicy: RetryPolicy;
    readonly timeoutMs: number | undefined;
    /** How the definition itself says to give the subscription back; else the API's answer does (`Location`). */
    readonly unsubscribe?: (step: Step) => ConnectorInvocation | undefined;
  },
): Outcome {
  const { inputs, retryPolicy, timeoutMs, unsubscribe } = options;
  const { connection } = call;
  // The scope of a webhook action knows the address.
  const callbackUrl = String(step.scope.listCallbackUrl());
  const callback: CallbackRule = {
    call,
    unsubscribe: (now, subscription) => {
      const own = unsubscribe?.(now);
      if (own !== undefined) return { invocation: own, retryPolicy };
      if (subscription === undefined) return undefined;
      return { invocation: { kind: 'unsubscribe', connection, subscription }, retryPolicy: defaultRetryPolicy };
    },
  };
  const invocation = { kind: 'subscribe', connection, call, callbackUrl } as const;
  return { kind: 'call', inputs, invocation, retryPolicy, timeoutMs, followsLocation: false, callback };
}
