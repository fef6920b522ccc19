import type { Value } from '@patchbay/expression';
import { member, memberAt, textMember } from '../plan/json.ts';
import type { ActionKind } from './action-kind.ts';
import { readCallOptions, readRecord } from './call.ts';
import { readConnectionHost, resolveConnection } from './connection-host.ts';
import { subscribeOutcome } from './connection-webhook.ts';

/** One operation of a connector that calls back: `x-ms-notification-url` marks where the address goes. */
export const openApiConnectionWebhook: ActionKind = {
  type: 'OpenApiConnectionWebhook',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const host = readConnectionHost(member(source.inputs, 'host'));
    const operationId = textMember(memberAt(source.inputs, 'host'), 'operationId') ?? '';
    if (host.reference === '') {
      context.report('action-invalid', 'error', `"${source.name}" names no connection in its host`, `${pointer}/host`);
    } else context.connectionReference(host.reference, `${pointer}/host`);
    if (operationId === '') {
      context.report('action-invalid', 'error', `"${source.name}" names no operationId in its host`, `${pointer}/host`);
    }
    const evaluate = context.evaluator(member(source.inputs, 'parameters') ?? {}, `${pointer}/parameters`);
    const retryPolicy = context.retryPolicy(source.inputs, pointer);
    const { timeoutMs } = readCallOptions(source, context);
    const shown = (parameters: Value): Value => ({
      host: { connectionReferenceName: host.reference, operationId },
      parameters,
    });
    return {
      role: 'plain',
      blocks: [],
      isWebhook: true,
      inputs: (step) => shown(readRecord(evaluate(step.scope))),
      execute(step) {
        const parameters = readRecord(evaluate(step.scope));
        const connection = resolveConnection(step, host);
        const call = { kind: 'operation', connection, operationId, parameters } as const;
        return subscribeOutcome(step, call, { inputs: shown(parameters), retryPolicy, timeoutMs });
      },
    };
  },
};
