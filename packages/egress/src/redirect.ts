import type { EgressRequest } from './contract.ts';
import { EgressError } from './errors.ts';
import type { Answer } from './exchange.ts';

export type Hop = { readonly url: URL; readonly method: string; readonly body: EgressRequest['body'] };

/** Where an answer sends the request next (RFC 9110 §15.4), or undefined when it is the answer. */
export function nextHop(
  { statusCode, headers }: Answer,
  from: URL,
  method: string,
  body: EgressRequest['body'],
): Hop | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode)) return undefined;
  const { location } = headers;
  if (typeof location !== 'string') return undefined;
  const url = targetOf(location, from);
  const becomesGet = statusCode === 303 ? method !== 'HEAD' : statusCode < 303 && method === 'POST';
  if (becomesGet) return { url, method: 'GET', body: undefined };
  if (body !== undefined && typeof body !== 'string' && !(body instanceof Uint8Array)) {
    throw new EgressError(
      'redirect-refused',
      `${from.host} redirected a request whose body was streamed and cannot be sent again.`,
      {
        host: from.host,
      },
    );
  }
  return { url, method, body };
}

function targetOf(location: string, from: URL): URL {
  const url = URL.parse(location, from.href);
  const refuse = (why: string): never => {
    throw new EgressError('redirect-refused', `${from.host} redirected ${why}.`, { host: from.host });
  };
  if (url === null) return refuse('to something that is not a URL');
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return refuse(`to a ${url.protocol} address`);
  if (from.protocol === 'https:' && url.protocol === 'http:') return refuse(`from https to http (${url.host})`);
  if (url.username !== '' || url.password !== '') return refuse('to a URL with user information');
  return url;
}
