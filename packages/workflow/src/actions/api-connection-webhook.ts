import type { Evaluator, JsonValue, Value } from '@patchbay/expression';
import { isObject, type JsonObject, member, textMember } from '../plan/json.ts';
import type { ActionKind } from './action-kind.ts';
import { readCallOptions, readRecord, withoutAuthentication } from './call.ts';
import { readConnectionHost, resolveConnection } from './connection-host.ts';
import { subscribeOutcome } from './connection-webhook.ts';
import { connectorRequest } from './connector-request.ts';

const notOfTheRequest = new Set(['host', 'authentication', 'retrypolicy', 'subscribe', 'unsubscribe']);

/** One request through a connection that asks to be called back: `inputs` itself, or its member `subscribe`. */
export const apiConnectionWebhook: ActionKind = {
  type: 'ApiConnectionWebhook',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const host = readConnectionHost(member(source.inputs, 'host'));
    if (host.reference === '') {
      context.report('action-invalid', 'error', `"${source.name}" names no connection in its host`, `${pointer}/host`);
    } else context.connectionReference(host.reference, `${pointer}/host`);
    const given = member(source.inputs, 'subscribe');
    const subscribe = isObject(given) ? given : source.inputs;
    const at = isObject(given) ? `${pointer}/subscribe` : pointer;
    if (textMember(subscribe, 'path') === undefined && !isObject(member(subscribe, 'pathTemplate'))) {
      context.report('action-invalid', 'error', `"${source.name}" names no path`, at);
    }
    const evaluate = context.evaluator(requestMembers(subscribe), at);
    const unsubscribe = member(source.inputs, 'unsubscribe');
    const evaluateEnd: Evaluator | undefined = isObject(unsubscribe)
      ? context.evaluator(requestMembers(unsubscribe), `${pointer}/unsubscribe`)
      : undefined;
    const retryPolicy = context.retryPolicy(
      isObject(given) && member(given, 'retryPolicy') !== undefined ? given : source.inputs,
      at,
    );
    const { timeoutMs } = readCallOptions(source, context);
    const shown = (evaluated: Value): Value => ({
      host: { connection: { name: host.reference } },
      ...readRecord(withoutAuthentication(evaluated)),
    });
    return {
      role: 'plain',
      blocks: [],
      isWebhook: true,
      inputs: (step) => shown(evaluate(step.scope)),
      execute(step) {
        const evaluated = evaluate(step.scope);
        const connection = resolveConnection(step, host);
        return subscribeOutcome(step, connectorRequest(evaluated, connection, 'POST'), {
          inputs: shown(evaluated),
          retryPolicy,
          timeoutMs,
          ...(evaluateEnd !== undefined && {
            unsubscribe: (now) => connectorRequest(evaluateEnd(now.scope), connection, 'DELETE'),
          }),
        });
      },
    };
  },
};

/** What authenticates is the connection's, and may not even be there to evaluate. */
function requestMembers(given: JsonValue | undefined): JsonObject {
  if (!isObject(given)) return {};
  return Object.fromEntries(Object.entries(given).filter(([name]) => !notOfTheRequest.has(name.toLowerCase())));
}
