import type { Value } from '@patchbay/expression';
import type { ConnectorInvocation, InvokedConnection } from '../contract.ts';
import { valueMember } from '../run/value-types.ts';
import { readRecord, readText } from './call.ts';

/** A request below a connection from its evaluated members; its path may be a template. */
export function connectorRequest(evaluated: Value, connection: InvokedConnection, method: string): ConnectorInvocation {
  const body = valueMember(evaluated, 'body');
  return {
    kind: 'connection-request',
    connection,
    method: (readText(valueMember(evaluated, 'method')) ?? method).toUpperCase(),
    path: readText(valueMember(evaluated, 'path')) ?? fillTemplate(valueMember(evaluated, 'pathTemplate')),
    queries: readRecord(valueMember(evaluated, 'queries')),
    headers: readRecord(valueMember(evaluated, 'headers')),
    ...(body === undefined ? {} : { body }),
  };
}

/** `{template: "/a/{b}", parameters: {b: "…"}}`; the values come encoded as the path needs them. */
function fillTemplate(given: Value | undefined): string {
  const template = readText(valueMember(given, 'template')) ?? '';
  const parameters = readRecord(valueMember(given, 'parameters'));
  return template.replace(/\{([^{}]+)\}/g, (whole, name: string) =>
    Object.hasOwn(parameters, name) ? (readText(parameters[name]) ?? '') : whole,
  );
}
