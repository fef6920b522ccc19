import type { JsonValue } from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';
import type { CompiledPolicy } from './compile-policies.ts';
import type { RequestMessage, ResponseMessage } from './message.ts';
import type { PolicyContext } from './policy.ts';

/** Sees what one policy made of a message. */
export type ObservePolicy<T> = (name: string, before: T, after: T) => void;

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
      if (effect.on === 'request') current = await effect.apply(before, here);
      else if (effect.on === 'body' && before.body !== undefined) {
        current = { ...before, body: effect.apply(before.body, here) };
      }
    } catch (error) {
      throw named(error, name);
    }
    observe(name, before, current);
  }
  return current;
}

/** Lets policies act on an answer. */
export function applyToResponse(
  policies: readonly CompiledPolicy[],
  message: ResponseMessage,
  context: PolicyContext,
  observe: ObservePolicy<ResponseMessage>,
): ResponseMessage {
  let current = message;
  for (const { name, effect } of policies) {
    const before = current;
    try {
      if (effect.on === 'response') current = effect.apply(before, context);
      else if (effect.on === 'body' && isStructured(before.body)) {
        current = { ...before, body: effect.apply(before.body, context) };
      }
    } catch (error) {
      throw named(error, name);
    }
    observe(name, before, current);
  }
  return current;
}

function isStructured(body: JsonValue): boolean {
  return typeof body === 'object' && body !== null;
}

function named(error: unknown, name: string): unknown {
  if (!(error instanceof ConnectorError)) return error;
  return new ConnectorError(error.code, `The policy "${name}": ${error.message}`, { cause: error });
}
