import type { FlowDeployment } from '../api/flows.ts';

type Holder = { readonly [name: string]: unknown };

/** The connections that a flow refers to: those that its document lists, and those that its actions and triggers name. */
export function namedReferences({ definition, connectionReferences }: FlowDeployment): readonly string[] {
  return [...new Set([...Object.keys(connectionReferences), ...namesIn(definition)])].sort();
}

/** `inputs.host.connectionName`, or the `referenceName` of a connection, wherever an action or trigger has one. */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  const host = asObject((value as Holder)['host']);
  const name = host['connectionName'] ?? asObject(host['connection'])['referenceName'];
  return [...(typeof name === 'string' ? [name] : []), ...Object.values(value).flatMap(namesIn)];
}

function asObject(value: unknown): Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Holder) : {};
}
