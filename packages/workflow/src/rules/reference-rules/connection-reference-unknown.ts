import type { FlowRule } from '../rule.ts';

export const connectionReferenceUnknown: FlowRule = {
  code: 'connection-reference-unknown',
  severity: 'warning',
  title: 'An action names a connection reference that the flow is given.',
  why: 'Without the reference the call has no connection to go through: it fails.',
  bad: '{ "actions": { "Find": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_gone", "operationId": "GetBook" }, "parameters": { "id": 1 } } } } }',
  good: '{ "actions": { "Find": { "type": "OpenApiConnection", "inputs": { "host": { "connectionName": "shared_books", "operationId": "GetBook" }, "parameters": { "id": 1 } } } } }',
  check({ connectionUses, given }, report) {
    if (given.connectionReferences === undefined) return;
    const known = new Set(given.connectionReferences.map((name) => name.toLowerCase()));
    for (const { name, pointer } of connectionUses) {
      if (known.has(name.toLowerCase())) continue;
      report(pointer, `the connection reference "${name}" is not among the flow's connectionReferences`);
    }
  },
};
