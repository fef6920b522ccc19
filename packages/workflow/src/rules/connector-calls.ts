import type { JsonValue } from '@patchbay/expression';
import { readConnectionHost } from '../actions/connection-host.ts';
import { isObject, type JsonObject, member, memberAt, textMember } from '../plan/json.ts';
import type { ConnectorShape } from './connector-shape.ts';
import type { Subject } from './subject.ts';

/** A call of a connector that is at hand, as an action or a trigger writes it. */
export type ConnectorCall = {
  readonly name: string;
  readonly connector: ConnectorShape;
  /** Of what names the operation. */
  readonly pointer: string;
} & (
  | {
      readonly kind: 'operation';
      readonly operationId: string;
      /** Absent where they are computed as a whole. */
      readonly parameters?: JsonObject;
      readonly parametersPointer: string;
    }
  | { readonly kind: 'request'; readonly method: string; readonly path: string }
);

const byOperation: ReadonlySet<string> = new Set([
  'openapiconnection',
  'openapiconnectionwebhook',
  'openapiconnectionnotification',
]);
const byRequest: ReadonlySet<string> = new Set(['apiconnection', 'apiconnectionwebhook']);

/** The calls of connectors that are at hand; none where none is. */
export function* connectorCalls({ actions, triggers, given }: Subject): Generator<ConnectorCall> {
  const { findConnector } = given;
  if (findConnector === undefined) return;
  for (const { name, kind, pointer, definition } of [...triggers, ...actions]) {
    const isByOperation = byOperation.has(kind);
    if (!isByOperation && !byRequest.has(kind)) continue;
    const inputs = member(definition, 'inputs');
    const host = readConnectionHost(member(inputs, 'host'));
    const connector = findConnector(host.reference, host.connectorName);
    if (connector === undefined) continue;
    const call = isByOperation
      ? readOperation(inputs, pointer)
      : readRequest(inputs, pointer, kind === 'apiconnection' ? 'GET' : 'POST');
    if (call !== undefined) yield { name, connector, ...call };
  }
}

type Call = ConnectorCall extends infer One
  ? One extends ConnectorCall
    ? Omit<One, 'name' | 'connector'>
    : never
  : never;

function readOperation(inputs: JsonValue | undefined, pointer: string): Call | undefined {
  const operationId = textMember(memberAt(inputs, 'host'), 'operationId') ?? '';
  if (operationId === '' || operationId.startsWith('@')) return undefined;
  const parameters = member(inputs, 'parameters') ?? {};
  return {
    kind: 'operation',
    operationId,
    pointer: `${pointer}/inputs/host/operationId`,
    parametersPointer: `${pointer}/inputs/parameters`,
    ...(isObject(parameters) && { parameters }),
  };
}

/** What is computed of a path stands for one segment. */
function readRequest(inputs: JsonValue | undefined, pointer: string, usualMethod: string): Call | undefined {
  const path = textMember(inputs, 'path');
  const method = textMember(inputs, 'method') ?? usualMethod;
  if (path === undefined || /^@[^@{]/.test(path) || method.includes('@')) return undefined;
  const written = path.replace(/@\{(?:'[^']*'|[^'}])*\}/g, 'x').split('?')[0] ?? '';
  if (!written.startsWith('/')) return undefined;
  return { kind: 'request', method: method.toUpperCase(), path: written, pointer: `${pointer}/inputs/path` };
}
