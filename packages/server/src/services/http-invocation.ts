import { sendHttpAction } from '@patchbay/connector';
import type { ClientTokens } from '@patchbay/credential';
import type { Egress, NetworkRules } from '@patchbay/egress';
import { type Invocation, type InvocationContext, type InvocationResult, trackingHeaders } from '@patchbay/workflow';

/** Makes the call of an HTTP action, under the network rules of its environment. */
export function sendHttpInvocation(
  invocation: Extract<Invocation, { kind: 'http' }>,
  context: InvocationContext,
  way: {
    readonly egress: Egress;
    readonly networkRules: NetworkRules;
    readonly headers: { readonly [name: string]: string };
    readonly tokens: ClientTokens;
  },
): Promise<InvocationResult> {
  const headers = invocation.isUntracked === true ? way.headers : { ...trackingHeaders(context), ...way.headers };
  const { timeoutMs, signal, maySend } = context;
  return sendHttpAction(invocation, { ...way, headers, timeoutMs, signal, maySend });
}
