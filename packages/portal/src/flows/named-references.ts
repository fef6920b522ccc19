import type { FlowDeployment } from '../api/flows.ts';

type Holder = { readonly [name: string]: unknown };

/** The connections that a flow refers to: those that its document lists, and those that its actions and triggers name. */
export function namedReferences({ definition, connectionReferences }: FlowDeployment): readonly string[] {
  return [...new Set([...Object.keys(connectionReferences), ...namesIn(definition)])].sort();
}

/**
 * `inputs.host.connectionName`, the `referenceName` of a connection, or what its `name` takes out of the parameter `$connections`, wherever
 * an action or trigger has one.
 */
function namesIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(namesIn);
  if (typeof value !== 'object' || value === null) return [];
  const host = asObject((value as Holder)['host']);
  const connection = asObject(host['connection']);
  const name = host['connectionName'] ?? connection['referenceName'] ?? nameInParameter(connection['name']);
  return [...(typeof name === 'string' ? [name] : []), ...Object.values(value).flatMap(namesIn)];
}

/** `@parameters('$connections')['mail']['connectionId']`, as Consumption writes it. */
function nameInParameter(expression: unknown): string | undefined {
  if (typeof expression !== 'string') return undefined;
  return /parameters\(\s*'\$connections'\s*\)\??\[\s*'([^']+)'\s*\]/i.exec(expression)?.[1];
}

function asObject(value: unknown): Holder {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Holder) : {};
}
