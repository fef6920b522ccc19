import { sendHttpAction } from '@patchbay/connector';
import type { Egress, NetworkRules } from '@patchbay/egress';
import type { Invocation, InvocationContext, InvocationResult } from '@patchbay/workflow';

/** Makes the call of an HTTP action, under the network rules of its environment. */
export function sendHttpInvocation(
  invocation: Extract<Invocation, { kind: 'http' }>,
  context: InvocationContext,
  way: {
    readonly egress: Egress;
    readonly networkRules: NetworkRules;
    readonly headers: { readonly [name: string]: string };
  },
): Promise<InvocationResult> {
  return sendHttpAction(invocation, { ...way, timeoutMs: context.timeoutMs, signal: context.signal });
}
