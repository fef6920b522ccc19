import { isObject, type JsonObject } from '../../plan/json.ts';
import { connectorCalls } from '../connector-calls.ts';
import type { FlowRule } from '../rule.ts';

export const operationParameterMissing: FlowRule = {
  code: 'operation-parameter-missing',
  severity: 'error',
  title: 'A call gives every parameter that its operation requires.',
  why: 'The call cannot be made without. A member that the body is described to need is a warning, because the API may take less than it says.',
  bad: '{ "actions": { "Find": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_books", "operationId": "GetBook" }, "parameters": {} } } } }',
  good: '{ "actions": { "Find": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_books", "operationId": "GetBook" }, "parameters": { "id": 1 } } } } }',
  check(subject, report) {
    for (const call of connectorCalls(subject)) {
      const operation = call.kind === 'operation' ? call.connector.operations.get(call.operationId) : undefined;
      if (operation === undefined || call.kind !== 'operation' || call.parameters === undefined) continue;
      // A name that is computed may be any.
      if (Object.keys(call.parameters).some((name) => name.includes('@'))) continue;
      for (const needed of operation.required) {
        if (isGiven(needed, call.parameters)) continue;
        report(
          call.parametersPointer,
          `"${call.name}" does not give "${needed}", which the operation "${operation.operationId}" requires`,
          {
            severity: needed.includes('/') ? 'warning' : 'error',
          },
        );
      }
    }
  },
};

/** By itself, by a part of it, or by what it is a part of. */
function isGiven(needed: string, given: JsonObject): boolean {
  return Object.entries(given).some(([name, value]) => {
    if (value === null) return false;
    if (name === needed || name.startsWith(`${needed}/`)) return true;
    if (!needed.startsWith(`${name}/`)) return false;
    const first = needed.slice(name.length + 1).split('/')[0] ?? '';
    // A whole that is written down shows its parts; one that is computed may have any.
    return !isObject(value) || Object.keys(value).some((key) => key === first || key.includes('@'));
  });
}
