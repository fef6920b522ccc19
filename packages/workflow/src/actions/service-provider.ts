import type { Value } from '@patchbay/expression';
import { member } from '../plan/json.ts';
import type { ActionKind } from './action-kind.ts';
import { readCallOptions, readPagination, readRecord } from './call.ts';
import { resolveConnection } from './connection-host.ts';
import { compileServiceProviderHost } from './service-provider-host.ts';

/**
 * An operation of a built-in service of Standard. Here it is the operation of the same name of whatever connector the flow's
 * connection reference stands for, with the same parameters.
 */
export const serviceProvider: ActionKind = {
  type: 'ServiceProvider',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const subject = `"${source.name}"`;
    const host = compileServiceProviderHost({ inputs: source.inputs, pointer, subject }, 'action-invalid', context);
    const { reference: connectionName, operationId, connectorName } = host;
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
