import type { JsonValue } from '@patchbay/expression';
import type { WorkflowFile } from '@patchbay/workflow';
import type { Asked } from './connector-answers.ts';
import { member, memberAt, textAt } from './json.ts';

/** What an action or a trigger asks of which connector; `undefined` where it asks none. `type` is in lower case. */
export function askedConnector(
  source: JsonValue,
  type: string,
  references: WorkflowFile['connectionReferences'],
): Asked | undefined {
  const inputs = member(source, 'inputs');
  const host = member(inputs, 'host');
  const named =
    textAt(host, 'connectionName') ??
    textAt(host, 'connection', 'referenceName') ??
    textAt(host, 'connection', 'name') ??
    '';
  const reference = /\$connections'\)\??\['([^']+)'\]/.exec(named)?.[1] ?? lastSegment(named);
  const api = textAt(host, 'apiId') ?? textAt(host, 'api', 'name');
  const connector = api === undefined ? (references[reference]?.connectorName ?? reference) : lastSegment(api);
  if (type.startsWith('openapiconnection')) {
    const operationId = textAt(host, 'operationId');
    return operationId === undefined ? undefined : { connector, operationId };
  }
  const path = textAt(inputs, 'path');
  if (!type.startsWith('apiconnection') || path === undefined) return undefined;
  return { connector, method: String(memberAt(inputs, 'method') ?? 'get'), path };
}

function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
