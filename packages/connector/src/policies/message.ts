import type { JsonValue } from '@patchbay/definition';
import type { BoundRequest } from '../contract.ts';
import { encodeText } from '../percent-encoding.ts';

/** Lower-case names. */
export type Headers = { readonly [name: string]: string };

/** A query parameter: its name decoded, and the pair as it goes out. */
export type QueryPair = { readonly name: string; readonly pair: string };

/** A request in the parts that policies act on. */
export type RequestMessage = {
  /** Upper case. */
  readonly method: string;
  /** Scheme, host and base path; does not end with a slash. */
  readonly baseUrl: string;
  /** Below the base, percent-encoded; begins with a slash. */
  readonly path: string;
  readonly query: readonly QueryPair[];
  readonly headers: Headers;
  /** As it goes out. */
  readonly content: string | Uint8Array | undefined;
  /** What the content holds when it is JSON and a policy looks at it; a change takes the content's place. */
  readonly body: JsonValue | undefined;
};

/** An answer in the parts that policies act on. */
export type ResponseMessage = {
  readonly statusCode: number;
  readonly headers: Headers;
  readonly body: JsonValue;
};

/** Takes a request apart; the body is parsed when policies need it. */
export function toRequestMessage(request: BoundRequest, baseUrl: string, needsBody: boolean): RequestMessage {
  const base = request.url.startsWith(baseUrl) ? baseUrl : originOf(request.url);
  const target = request.url.slice(base.length);
  const mark = target.indexOf('?');
  const path = mark === -1 ? target : target.slice(0, mark);
  return {
    method: request.method,
    baseUrl: base,
    path: path.startsWith('/') ? path : `/${path}`,
    query: parseQuery(mark === -1 ? '' : target.slice(mark + 1)),
    headers: request.headers,
    content: request.body,
    body: needsBody ? parseContent(request.body) : undefined,
  };
}

/** Puts a request together again. */
export function toBoundRequest(message: RequestMessage, original: RequestMessage): BoundRequest {
  const query = message.query.map(({ pair }) => pair).join('&');
  const isChanged = message.body !== undefined && message.body !== original.body;
  const content = isChanged ? JSON.stringify(message.body) : message.content;
  return {
    method: message.method,
    url: `${message.baseUrl}${message.path}${query === '' ? '' : `?${query}`}`,
    headers: message.headers,
    ...(content !== undefined && { body: content }),
  };
}

export function parseQuery(query: string): readonly QueryPair[] {
  return query
    .split('&')
    .filter((pair) => pair !== '')
    .map((pair) => ({ name: decodeQuery(pair.split('=', 1)[0] ?? ''), pair }));
}

export function queryPair(name: string, value: string): QueryPair {
  return { name, pair: `${encodeText(name)}=${encodeText(value)}` };
}

/** The value of the first pair of a name, decoded. */
export function queryValue(query: readonly QueryPair[], name: string): string | undefined {
  const pair = query.find((one) => one.name.toLowerCase() === name.toLowerCase())?.pair;
  if (pair === undefined) return undefined;
  const mark = pair.indexOf('=');
  return mark === -1 ? '' : decodeQuery(pair.slice(mark + 1));
}

export function decodeQuery(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}

function originOf(url: string): string {
  return /^[a-z]+:\/\/[^/?#]*/i.exec(url)?.[0] ?? '';
}

function parseContent(content: string | Uint8Array | undefined): JsonValue | undefined {
  if (content === undefined) return undefined;
  try {
    const text = typeof content === 'string' ? content : new TextDecoder('utf-8', { fatal: true }).decode(content);
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}
