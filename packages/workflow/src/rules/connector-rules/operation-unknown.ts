import { suggestion } from '../closest-name.ts';
import { connectorCalls } from '../connector-calls.ts';
import type { FlowRule } from '../rule.ts';

export const operationUnknown: FlowRule = {
  code: 'operation-unknown',
  severity: 'error',
  title: 'A call names an operation that its connector has.',
  why: 'There is nothing to call. It is checked where the connector is at hand: by the server, and with `--connections`. A request by method and path that no operation of the connector has is a warning.',
  bad: '{ "actions": { "Find": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_books", "operationId": "GetBok" }, "parameters": { "id": 1 } } } } }',
  good: '{ "actions": { "Find": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_books", "operationId": "GetBook" }, "parameters": { "id": 1 } } } } }',
  check(subject, report) {
    for (const call of connectorCalls(subject)) {
      const { connector, name, pointer } = call;
      if (call.kind === 'operation') {
        if (connector.operations.has(call.operationId)) continue;
        const close = (): string => suggestion(call.operationId, connector.operations.keys());
        report(
          pointer,
          () =>
            `"${name}" calls the operation "${call.operationId}", which "${connector.displayName}" does not have${close()}`,
        );
      } else if (connector.match(call.method, call.path) === undefined) {
        report(
          pointer,
          `"${name}" makes the request ${call.method} ${call.path}, which is no operation of "${connector.displayName}"`,
          {
            severity: 'warning',
          },
        );
      }
    }
  },
};
