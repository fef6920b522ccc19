import type { ConnectionReference, FlowDefinition } from '../contract.ts';

/** The connection that a definition means by a name: its reference, in any case, or the connection's own name. */
export function findConnection(
  { connectionReferences }: FlowDefinition,
  reference: string,
): ConnectionReference | undefined {
  if (Object.hasOwn(connectionReferences, reference)) return connectionReferences[reference];
  const lowerName = reference.toLowerCase();
  const found = Object.entries(connectionReferences).find(
    ([name, connection]) => name.toLowerCase() === lowerName || connection.connectionName.toLowerCase() === lowerName,
  );
  return found?.[1];
}
