import type { FlowDeployment } from '../api/flows.ts';

/** A flow as a document that is read as the same flow. */
export function textOfFlow({ displayName, definition, parameters, connectionReferences }: FlowDeployment): string {
  const values = Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, { value }]));
  return JSON.stringify({ displayName, definition, parameters: values, connectionReferences }, null, 2);
}
