import { pointerTo } from '../../findings.ts';
import { suggestion } from '../closest-name.ts';
import { connectorCalls } from '../connector-calls.ts';
import type { FlowRule } from '../rule.ts';

export const operationParameterUnknown: FlowRule = {
  code: 'operation-parameter-unknown',
  severity: 'warning',
  title: 'A call gives only what its operation takes.',
  why: 'A name that the operation does not know is most likely a slip; the call is refused, or the API passes it over.',
  bad: '{ "actions": { "Find": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_books", "operationId": "GetBook" }, "parameters": { "id": 1, "langauge": "en" } } } } }',
  good: '{ "actions": { "Find": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_books", "operationId": "GetBook" }, "parameters": { "id": 1, "language": "en" } } } } }',
  check(subject, report) {
    for (const call of connectorCalls(subject)) {
      const operation = call.kind === 'operation' ? call.connector.operations.get(call.operationId) : undefined;
      if (operation === undefined || call.kind !== 'operation') continue;
      for (const name of Object.keys(call.parameters ?? {})) {
        if (name.includes('@') || operation.takes(name)) continue;
        report(
          pointerTo(call.parametersPointer, name),
          () =>
            `"${call.name}" gives "${name}", which the operation "${operation.operationId}" does not take${suggestion(name, operation.known)}`,
        );
      }
    }
  },
};
