import type { JsonValue } from '@patchbay/expression';
import { isObject, type JsonObject, member } from '../plan/json.ts';
import type { ActionKind, ActionSource, CallbackRule, CompileContext } from './action-kind.ts';
import { readCallOptions, readTracking, withoutAuthentication } from './call.ts';
import { checkHttpAuthentication } from './http-authentication.ts';
import { httpRequest } from './http-request.ts';

/** Makes one HTTP request that asks to be called back, and waits for that; makes another when it waits no more. */
export const httpWebhook: ActionKind = {
  type: 'HttpWebhook',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs/subscribe`;
    const subscribe = member(source.inputs, 'subscribe');
    if (!isObject(subscribe) || (member(subscribe, 'uri') ?? member(subscribe, 'url')) === undefined) {
      const message = `"${source.name}" has no subscribe with a uri`;
      context.report('action-invalid', 'error', message, `${source.pointer}/inputs`);
    }
    const evaluate = context.evaluator(requestMembers(subscribe), pointer);
    const retryPolicy = context.retryPolicy(subscribe, pointer);
    const { timeoutMs } = readCallOptions(source, context);
    const callback = compileUnsubscribe(source, context);
    const tracking = readTracking(source);
    checkHttpAuthentication(source.name, subscribe, pointer, context);
    return {
      role: 'plain',
      blocks: [],
      isWebhook: true,
      inputs: (step) => ({ subscribe: withoutAuthentication(evaluate(step.scope)) }),
      execute(step) {
        const evaluated = evaluate(step.scope);
        const inputs = { subscribe: withoutAuthentication(evaluated) };
        const invocation = { ...httpRequest(evaluated, step.action, inputs), ...tracking };
        return { kind: 'call', inputs, invocation, retryPolicy, timeoutMs, followsLocation: false, callback };
      },
    };
  },
};

function compileUnsubscribe(source: ActionSource, context: CompileContext): CallbackRule {
  const pointer = `${source.pointer}/inputs/unsubscribe`;
  const unsubscribe = member(source.inputs, 'unsubscribe');
  if (!isObject(unsubscribe) || (member(unsubscribe, 'uri') ?? member(unsubscribe, 'url')) === undefined) {
    return { unsubscribe: () => undefined };
  }
  const evaluate = context.evaluator(requestMembers(unsubscribe), pointer);
  const retryPolicy = context.retryPolicy(unsubscribe, pointer);
  const tracking = readTracking(source);
  return {
    unsubscribe: (step) => ({
      invocation: { ...httpRequest(evaluate(step.scope), step.action, null), ...tracking },
      retryPolicy,
    }),
  };
}

function requestMembers(request: JsonValue | undefined): JsonObject {
  if (!isObject(request)) return {};
  return Object.fromEntries(Object.entries(request).filter(([name]) => name.toLowerCase() !== 'retrypolicy'));
}
