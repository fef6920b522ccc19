import { errors } from 'undici';
import type { EgressErrorCode } from './contract.ts';
import type { Deadline } from './deadline.ts';
import { EgressError } from './errors.ts';

/** Codes of the operating system and the HTTP client, and what they mean for a person. */
const failures: Readonly<Record<string, readonly [EgressErrorCode, string]>> = {
  ECONNREFUSED: ['connection-refused', 'refused the connection: nothing listens there'],
  ECONNRESET: ['connection-reset', 'closed the connection before it had answered'],
  EPIPE: ['connection-reset', 'closed the connection before it had answered'],
  UND_ERR_SOCKET: ['connection-reset', 'closed the connection before it had answered'],
  UND_ERR_CONNECT_TIMEOUT: ['timed-out', 'did not accept a connection in time'],
  ETIMEDOUT: ['timed-out', 'did not accept a connection in time'],
  EHOSTUNREACH: ['connection-refused', 'cannot be reached from here'],
  ENETUNREACH: ['connection-refused', 'cannot be reached from here'],
  UND_ERR_HEADERS_OVERFLOW: ['headers-too-large', 'answered with more headers than are read'],
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'answered with more headers than are read'],
};

/** Turns whatever a transport throws into a typed failure that names the host. */
export function toEgressError(error: unknown, url: string, deadline: Deadline): EgressError {
  if (error instanceof EgressError) return error;
  const host = URL.parse(url)?.host ?? url;
  if (error instanceof Error && error.cause instanceof EgressError) return error.cause;
  if (deadline.hasTimedOut) {
    return new EgressError('timed-out', `${host} did not answer within ${deadline.timeoutMs / 1000} s.`, {
      host,
      cause: error,
    });
  }
  if (deadline.isAborted)
    return new EgressError('aborted', `The request to ${host} was cancelled.`, { host, cause: error });
  const code = codeOf(error);
  const known = Object.hasOwn(failures, code) ? failures[code] : undefined;
  if (known !== undefined) return new EgressError(known[0], `${host} ${known[1]}.`, { host, cause: error });
  if (/CERT|TLS|SSL|ALTNAME|LEAF_SIGNATURE/.test(code)) {
    return new EgressError('tls-failed', `The certificate of ${host} is not accepted (${code}).`, {
      host,
      cause: error,
    });
  }
  if (code.startsWith('HPE_') || error instanceof errors.HTTPParserError) {
    return new EgressError('protocol-violated', `${host} answered with something that is not HTTP.`, {
      host,
      cause: error,
    });
  }
  return new EgressError('failed', `The request to ${host} failed${code === '' ? '' : ` (${code})`}.`, {
    host,
    cause: error,
  });
}

function codeOf(error: unknown): string {
  if (typeof error !== 'object' || error === null || !('code' in error)) return '';
  return typeof error.code === 'string' ? error.code : '';
}
