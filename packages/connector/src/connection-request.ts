import { toText, type Value, valueToContent } from '@patchbay/expression';
import { addQuery } from './add-query.ts';
import type { ForwardedRequest } from './forward-request.ts';

/** A request of a flow's own through a connection, which names method and path instead of an operation. */
export type ConnectionRequest = {
  readonly method: string;
  /** Below the connection, already encoded; with a query, if it has one. */
  readonly path: string;
  readonly queries: { readonly [name: string]: Value };
  readonly headers: { readonly [name: string]: Value };
  readonly body?: Value;
};

/** The request as a connector passes it on: values as texts, what is null left out. */
export function toForwardedRequest(request: ConnectionRequest): ForwardedRequest & { readonly headers: Texts } {
  const [path = '/', query = ''] = request.path.split(/\?(.*)/s);
  const headers = lowerCaseHeaders(request.headers);
  const content = request.body === undefined ? undefined : valueToContent(request.body, headers['content-type']);
  return {
    method: request.method.toUpperCase(),
    path: path.startsWith('/') ? path : `/${path}`,
    query: addQuery(query, request.queries),
    headers: { ...headers, ...(content !== undefined && { 'content-type': content.contentType }) },
    ...(content !== undefined && { body: content.bytes }),
  };
}

type Texts = { readonly [name: string]: string };

function lowerCaseHeaders(headers: ConnectionRequest['headers']): Texts {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [[name.toLowerCase(), toText(value)] as const],
    ),
  );
}
