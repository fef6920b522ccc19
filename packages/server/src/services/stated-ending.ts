import type { SealedSecret, Vault } from '@patchbay/credential';
import { ExpressionError, parseJson, stringify, type Value } from '@patchbay/expression';
import type { SubscribeOptions, TriggerCall, WatchContext, WatchFailure } from '@patchbay/workflow';

/**
 * How a trigger itself says that its subscription is given back: by a request, sealed, since it may hold what authenticates, or not, and why;
 * nothing where it does not say.
 */
export type StatedEnding = { readonly unsubscribe?: SealedSecret; readonly problem?: string };

type Answer = {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Value;
};

/** Evaluates what ends a subscription when it begins: the flow may be gone by then. */
export async function sealEnding(
  vault: Vault,
  unsubscribe: SubscribeOptions['unsubscribe'],
  { statusCode, headers, body }: Answer,
  context: WatchContext,
): Promise<StatedEnding> {
  if (unsubscribe === undefined) return {};
  try {
    // A call is made of expression values.
    const call = unsubscribe({ statusCode, headers, body }) as unknown as Value;
    return { unsubscribe: await vault.seal({ call: stringify(call) }, sealOf(context)) };
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    return { problem: `What ends the subscription cannot be evaluated: ${error.message}` };
  }
}

/** The request that ends a subscription; `undefined` where the trigger does not say. */
export async function openEnding(
  vault: Vault,
  { unsubscribe, problem }: StatedEnding,
  context: WatchContext,
): Promise<TriggerCall | WatchFailure | undefined> {
  if (problem !== undefined) {
    return { kind: 'failed', error: { code: 'InvalidTemplate', message: problem }, isRetryable: false };
  }
  if (unsubscribe === undefined) return undefined;
  const { call = '{}' } = await vault.open(unsubscribe, sealOf(context));
  // Sealed by `sealEnding`.
  return parseJson(call) as unknown as TriggerCall;
}

function sealOf({ flowId, addressId = '' }: WatchContext): string {
  return `watch.unsubscribe.${flowId}.${addressId}`;
}
