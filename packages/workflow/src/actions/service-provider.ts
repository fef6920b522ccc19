import type { Value } from '@patchbay/expression';
import { member, memberAt, textMember } from '../plan/json.ts';
import type { ActionKind } from './action-kind.ts';
import { readCallOptions, readPagination, readRecord } from './call.ts';
import { lastSegment, resolveConnection } from './connection-host.ts';

/**
 * An operation of a built-in service of Standard. Here it is the operation of the same name of whatever connector the flow's
 * connection reference stands for, with the same parameters.
 */
export const serviceProvider: ActionKind = {
  type: 'ServiceProvider',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const configuration = memberAt(source.inputs, 'serviceProviderConfiguration');
    const connectionName = textMember(configuration, 'connectionName') ?? '';
    const operationId = textMember(configuration, 'operationId') ?? '';
    const connectorName = lastSegment(textMember(configuration, 'serviceProviderId') ?? '');
    const host = { reference: connectionName, connectorName };
    if (connectionName === '' || operationId === '') {
      const message = `"${source.name}" names no ${connectionName === '' ? 'connectionName' : 'operationId'} in its serviceProviderConfiguration`;
      context.report('action-invalid', 'error', message, `${pointer}/serviceProviderConfiguration`);
    } else {
      context.connectionReference(connectionName, `${pointer}/serviceProviderConfiguration`);
      const message =
        `"${source.name}" uses "${operationId}" of the built-in service "${connectorName}", which is not part of this version; ` +
        `bind "${connectionName}" to a connection whose connector has an operation "${operationId}"`;
      context.report('option-unsupported', 'warning', message, `${pointer}/serviceProviderConfiguration`);
    }
    const evaluate = context.evaluator(member(source.inputs, 'parameters') ?? {}, `${pointer}/parameters`);
    const retryPolicy = context.retryPolicy(source.inputs, pointer);
    const { timeoutMs } = readCallOptions(source, context);
    const pagination = readPagination(source, context);
    const shown = (parameters: { readonly [name: string]: Value }): Value => ({
      parameters,
      serviceProviderConfiguration: {
        connectionName,
        operationId,
        serviceProviderId: `/serviceProviders/${connectorName}`,
      },
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
          timeoutMs,
          followsLocation: false,
          invocation: { kind: 'operation', connection, operationId, parameters, ...pagination },
        };
      },
    };
  },
};
