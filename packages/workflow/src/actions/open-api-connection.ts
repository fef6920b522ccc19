import type { Value } from '@patchbay/expression';
import { member, memberAt, textMember } from '../plan/json.ts';
import { sanitizeAuthorization } from '../secure/authorization.ts';
import type { ActionKind } from './action-kind.ts';
import { readCallOptions, readContentTransfer, readPagination, readRecord } from './call.ts';
import { readConnectionHost, resolveConnection } from './connection-host.ts';

/** One operation of a connector, by operation id and flat parameters. */
export const openApiConnection: ActionKind = {
  type: 'OpenApiConnection',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const host = readConnectionHost(member(source.inputs, 'host'));
    const operationId = textMember(memberAt(source.inputs, 'host'), 'operationId') ?? '';
    if (host.reference === '') {
      context.report('action-invalid', 'error', `"${source.name}" names no connection in its host`, `${pointer}/host`);
    } else {
      context.connectionReference(host.reference, `${pointer}/host`);
    }
    if (operationId === '') {
      context.report('action-invalid', 'error', `"${source.name}" names no operationId in its host`, `${pointer}/host`);
    }
    const evaluate = context.evaluator(member(source.inputs, 'parameters') ?? {}, `${pointer}/parameters`);
    const retryPolicy = context.retryPolicy(source.inputs, pointer);
    const options = readCallOptions(source, context);
    const further = { ...readPagination(source, context), ...readContentTransfer(source, context) };
    const shown = (parameters: { readonly [name: string]: Value }): Value => ({
      host: { connectionReferenceName: host.reference, operationId },
      parameters: sanitizeAuthorization(parameters),
    });
    return {
      role: 'plain',
      blocks: [],
      inputs: (step) => shown(readRecord(evaluate(step.scope))),
      execute(step) {
        const parameters = readRecord(evaluate(step.scope));
        const connection = resolveConnection(step, host);
        return {
          kind: 'call',
          inputs: shown(parameters),
          retryPolicy,
          ...options,
          invocation: { kind: 'operation', connection, operationId, parameters, ...further },
        };
      },
    };
  },
};
