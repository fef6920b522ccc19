import type { HeaderFields } from './contract.ts';
import { EgressError } from './errors.ts';

/** Headers of the connection, not of the message (RFC 9110 §7.6.1), and those that the transport writes itself. */
const connectionHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Carry a credential whether or not the caller says so. */
const alwaysCredential = new Set(['authorization', 'cookie', 'proxy-authorization']);

/** The headers to send, lower-case, without those that belong to the connection. Refuses what could smuggle another header. */
export function outgoingHeaders(fields: HeaderFields): Record<string, string | string[]> {
  const headers: Record<string, string | string[]> = {};
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (value === undefined) continue;
    const key = name.toLowerCase();
    if (connectionHeaders.has(key)) continue;
    if (!isToken(name)) throw new EgressError('header-invalid', `"${name}" is not the name of a header.`);
    if (typeof value === 'string') headers[key] = checkedValue(name, value);
    else headers[key] = value.map((one) => checkedValue(name, one));
  }
  return headers;
}

/** The headers to send on after a redirect to another origin. */
export function withoutCredentials(
  headers: Readonly<Record<string, string | string[]>>,
  credentialHeaders: readonly string[],
): Record<string, string | string[]> {
  const dropped = new Set(credentialHeaders.map((name) => name.toLowerCase()));
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !alwaysCredential.has(name) && !dropped.has(name)),
  );
}

function isToken(name: string): boolean {
  return /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name);
}

function checkedValue(name: string, value: string): string {
  for (let index = 0; index < value.length; index += 1) {
    const code = value.charCodeAt(index);
    if (code === 13 || code === 10 || code === 0 || code > 255) {
      throw new EgressError(
        'header-invalid',
        `The value of the header ${name} has a character that a header cannot carry.`,
      );
    }
  }
  return value;
}
