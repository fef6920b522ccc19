import type { JsonValue } from '@patchbay/definition';
import { EgressError } from '@patchbay/egress';
import { ConnectorError, type ConnectorErrorCode } from '../errors.ts';
import type { CompiledPolicy } from './compile-policies.ts';
import type { RequestMessage, ResponseMessage } from './message.ts';
import type { PolicyContext } from './policy.ts';

/**
 * Sees what one policy made of a message: nothing, when it could not act. Answers what is to stand in its place, or nothing, which leaves
 * it as it is.
 */
export type ObservePolicy<T> = (name: string, before: T | undefined, after: T | undefined) => T | undefined;

/** Lets policies act on a request, one after the other. Throws `ConnectorError` `policy-failed` naming the policy. */
export async function applyToRequest(
  policies: readonly CompiledPolicy[],
  message: RequestMessage,
  context: Omit<PolicyContext, 'request'>,
  observe: ObservePolicy<RequestMessage>,
): Promise<RequestMessage> {
  let current = message;
  for (const { name, effect } of policies) {
    const before = current;
    const here = { ...context, request: before };
    try {
      if (effect.on === 'request') {
        const applied = effect.apply(before, here);
        // Only a policy that asks the API has to be waited for.
        current = applied instanceof Promise ? await applied : applied;
      } else if (effect.on === 'body' && before.body !== undefined) {
        current = { ...before, body: effect.apply(before.body, here) };
      }
    } catch (error) {
      current = insteadOf(error, name, before, observe);
      continue;
    }
    current = observe(name, before, current) ?? current;
  }
  return current;
}

/**
 * Lets policies act on an answer. With `startAt`, the policies up to it have no answer to act on: what stands in the place of what the
 * last of them would have made is the observer's to say.
 */
export function applyToResponse(
  policies: readonly CompiledPolicy[],
  message: ResponseMessage,
  context: PolicyContext,
  observe: ObservePolicy<ResponseMessage>,
  startAt = -1,
): ResponseMessage {
  let current = message;
  for (const [index, { name, effect }] of policies.entries()) {
    if (index <= startAt) {
      current = observe(name, undefined, undefined) ?? current;
      continue;
    }
    const before = current;
    try {
      if (effect.on === 'response') current = effect.apply(before, context);
      else if (effect.on === 'body' && isStructured(before.body)) {
        current = { ...before, body: effect.apply(before.body, context) };
      }
    } catch (error) {
      current = insteadOf(error, name, before, observe);
      continue;
    }
    current = observe(name, before, current) ?? current;
  }
  return current;
}

function isStructured(body: JsonValue): boolean {
  return typeof body === 'object' && body !== null;
}

/** What the observer puts in the place of what a policy failed to make; without it the failure stands. */
function insteadOf<T>(error: unknown, name: string, before: T, observe: ObservePolicy<T>): T {
  const instead = observe(name, before, undefined);
  if (instead !== undefined) return instead;
  throw named(error, name);
}

function named(error: unknown, policy: string): unknown {
  const told = (code: ConnectorErrorCode, message: string, evidence: string | undefined): ConnectorError =>
    new ConnectorError(code, `The policy "${policy}": ${message}`, {
      cause: error,
      policy,
      ...(evidence !== undefined && { evidence }),
    });
  if (error instanceof ConnectorError) return told(error.code, error.message, error.evidence);
  // A policy that asks the API for a value.
  if (error instanceof EgressError) return told('transport-failed', error.message, error.code);
  return error;
}
