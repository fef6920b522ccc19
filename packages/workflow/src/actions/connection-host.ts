import type { JsonValue } from '@patchbay/expression';
import type { InvokedConnection } from '../contract.ts';
import { memberAt, textMember } from '../plan/json.ts';
import type { Step } from './action-kind.ts';

const connectionsParameter = /parameters\(\s*'\$connections'\s*\)\s*\??\[\s*'((?:[^']|'')+)'\s*\]/i;

/** How an action's `host` names its connection, before anything is evaluated. */
export type ConnectionHost = {
  /** The key in the flow's `connectionReferences`; empty when the host names none. */
  readonly reference: string;
  /** The connector as the host itself names it, when it does. */
  readonly connectorName: string;
};

/**
 * Reads the host of a connector action: `{connectionName, apiId}` (Power Automate), `{connection: {referenceName}}` (Standard) or
 * `{connection: {name: "@parameters('$connections')['x']['connectionId']"}}` (Consumption).
 */
export function readConnectionHost(host: JsonValue | undefined): ConnectionHost {
  const api =
    textMember(host, 'apiId') ?? textMember(memberAt(host, 'api'), 'id') ?? textMember(memberAt(host, 'api'), 'name');
  const connection = memberAt(host, 'connection');
  const named =
    textMember(host, 'connectionReferenceName') ??
    textMember(host, 'connectionName') ??
    textMember(connection, 'referenceName') ??
    textMember(connection, 'name') ??
    (typeof connection === 'string' ? connection : '');
  const parameter = connectionsParameter.exec(named)?.[1]?.replaceAll("''", "'");
  return { reference: parameter ?? lastSegment(named), connectorName: api === undefined ? '' : lastSegment(api) };
}

/** The connection that the flow gives for a host; one without a name when it gives none, so that the call can say so. */
export function resolveConnection(step: Pick<Step, 'connection'>, host: ConnectionHost): InvokedConnection {
  const { reference } = host;
  const missing = { connectorName: host.connectorName === '' ? reference : host.connectorName, connectionName: '' };
  return { ...(step.connection(reference) ?? missing), referenceName: reference };
}

export function lastSegment(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
