import type { Readable } from 'node:stream';
import { applyCredential } from '@patchbay/credential';
import type { EgressResponse } from '@patchbay/egress';
import type { CallOptions } from './contract.ts';
import { ConnectorError } from './errors.ts';
import { escapesPath } from './path-template.ts';
import type { RouteTable } from './route-table.ts';

/** A caller's raw request to a connector, passed on as it is but for the credential. */
export type ForwardedRequest = {
  readonly method: string;
  /** Below the base path, as it was encoded by the caller. */
  readonly path: string;
  /** Without the question mark. */
  readonly query: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string | readonly string[] | undefined };
  readonly body?: Readable | Uint8Array;
};

/** Belong to the caller and this platform, not to the API; the last ones are how proxies name who called. */
const callerHeaders = new Set([
  'authorization',
  'cookie',
  'x-csrf-token',
  'origin',
  'referer',
  'forwarded',
  'via',
  'host',
  'content-length',
  'connection',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
  'accept-encoding',
  'x-real-ip',
  'x-client-ip',
  'true-client-ip',
  'cf-connecting-ip',
]);

/** Sends a raw request of one of the connector's operations and answers as the API does, both bodies streamed. */
export async function forwardRequest(
  baseUrl: string,
  routes: RouteTable,
  request: ForwardedRequest,
  options: CallOptions,
): Promise<EgressResponse> {
  if (baseUrl === '') throw new ConnectorError('host-missing', 'The definition names no host that can be called.');
  const { method, path, query } = request;
  if (!path.startsWith('/') || escapesPath(path)) {
    throw new ConnectorError(
      'path-escapes',
      'The path must stay below the connector: it must not hold "." or "..", in any encoding.',
    );
  }
  if (routes.find(method, path) === undefined) {
    throw new ConnectorError('operation-not-found', `The connector has no operation ${method} ${path}.`);
  }
  const url = query === '' ? baseUrl + path : `${baseUrl}${path}?${query}`;
  const authenticated = applyCredential({ url, headers: forwardedHeaders(request.headers) }, options.credential);
  return options.egress.send(
    {
      method,
      ...authenticated,
      redirect: 'manual',
      ...(request.body !== undefined && { body: request.body }),
      ...(options.timeoutMs !== undefined && { timeoutMs: options.timeoutMs }),
      ...(options.signal !== undefined && { signal: options.signal }),
    },
    options.networkRules,
  );
}

function forwardedHeaders(headers: ForwardedRequest['headers']): { readonly [name: string]: string } {
  const forwarded: Record<string, string> = {};
  for (const name in headers) {
    const value = headers[name];
    if (value === undefined || callerHeaders.has(name) || name.startsWith('x-forwarded-') || name.startsWith('x-ms-'))
      continue;
    forwarded[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return forwarded;
}
