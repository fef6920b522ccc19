import type { ClientTokens } from '@patchbay/credential';
import type { Egress, EgressResponse, NetworkRules } from '@patchbay/egress';
import { contentToValue, toText, type Value, valueToContent } from '@patchbay/expression';
import { addQuery } from './add-query.ts';
import { toEnvelope } from './envelope.ts';
import { ConnectorError } from './errors.ts';
import { type HttpProof, proofOf } from './http-authentication.ts';
import { mergeHttpPages } from './http-pages.ts';
import type { Page } from './paging/next-target.ts';
import { answerOf } from './transfer/answer-of.ts';
import type { ContentTransfer } from './transfer/content-transfer.ts';
import { HttpCall } from './transfer/http-call.ts';

/** A call of a flow's own, without a connector: the Http action. */
export type HttpAction = {
  readonly method: string;
  readonly uri: string;
  readonly queries: { readonly [name: string]: Value };
  readonly headers: { readonly [name: string]: Value };
  readonly body?: Value;
  /** The `Cookie` header field, which `headers` cannot set. */
  readonly cookie?: string;
  /** `{"type": "Basic" | "ClientCertificate" | "ActiveDirectoryOAuth" | "Raw", …}` as the workflow definition language has it. */
  readonly authentication?: Value;
  /** The answer's body stays encoded as it came, as content of its media type. */
  readonly keepsEncoding?: boolean;
  /** Further pages are asked for until there are this many items; the first page only when absent. */
  readonly minimumItemCount?: number;
  /** The body goes out, and the answer is asked for, in chunks. An answer that is the first part of a whole is made whole in any case. */
  readonly contentTransfer?: ContentTransfer;
};

export type HttpActionOptions = {
  readonly egress: Egress;
  readonly networkRules: NetworkRules;
  /** The platform's own, e.g. an idempotency key; the action's win. Lower-case names. */
  readonly headers?: { readonly [name: string]: string };
  /** Tokens of `ActiveDirectoryOAuth` that are kept from call to call; without it each call asks for one. */
  readonly tokens?: ClientTokens;
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** As {@link EgressRequest.maySend}, of every request of the call. */
  readonly maySend?: (() => boolean) | undefined;
};

export type HttpActionResult = {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Value;
};

/** Header fields that an Http action cannot set: the transport's own, and what would speak for somebody else. */
const ignoredHeaders =
  /^(accept-(charset|encoding|language)|allow|content-(?!disposition$|encoding$|type$).*|connection|cookie|expires|host|last-modified|origin|proxy-.*|set-cookie|te|trailer|transfer-encoding|upgrade)$/;
const credentialHeaders = /^(authorization|cookie|.*(token|secret|key))$/;

/**
 * Makes the call of an Http action. A 202 is an answer: who called asks at its Location. Throws `EgressError`, `CredentialError` when there
 * is no token, and `ConnectorError` for an address or an authentication that can't be used and a transfer that fails.
 */
export async function sendHttpAction(action: HttpAction, options: HttpActionOptions): Promise<HttpActionResult> {
  const url = requestUrl(action);
  const proof = await proofOf(action.authentication, options);
  const send = (to: string): Promise<Page> => sendOnce(action, to, proof, options);
  const isList = action.minimumItemCount !== undefined && action.method.toUpperCase() === 'GET';
  const page = isList ? await mergeHttpPages(url, action.minimumItemCount ?? 0, send) : await send(url);
  if (page.statusCode === 401) proof.refused?.();
  return { statusCode: page.statusCode, headers: page.headers, body: page.body };
}

async function sendOnce(action: HttpAction, url: string, proof: HttpProof, options: HttpActionOptions): Promise<Page> {
  const headers: Record<string, string> = { ...options.headers, ...requestHeaders(action.headers) };
  const content = action.body === undefined ? undefined : valueToContent(action.body, headers['content-type']);
  if (content !== undefined) headers['content-type'] = content.contentType;
  if (action.cookie !== undefined && action.cookie !== '') headers['cookie'] = action.cookie;
  if (proof.authorization !== undefined) headers['authorization'] = proof.authorization;
  const call = new HttpCall(
    {
      method: action.method.toUpperCase(),
      url,
      headers,
      body: content?.bytes,
      credentialHeaders: Object.keys(headers).filter((name) => credentialHeaders.test(name)),
    },
    { ...options, tls: proof.tls, keepsEncoding: action.keepsEncoding === true },
  );
  const response = await answerOf(call, { transfer: action.contentTransfer, followsLocation: false });
  const bytes = await response.bytes();
  const contentType = response.headers['content-type'] ?? '';
  const isEncoded = action.keepsEncoding === true && response.headers['content-encoding'] !== undefined;
  return {
    statusCode: response.status,
    headers: readHeaders(response),
    body: isEncoded ? toEnvelope(contentType, bytes) : readBody(contentType, bytes),
    sentUrl: response.url,
  };
}

/** With the cookies that the address sets, which a flow may have to send back: several are in one field. */
function readHeaders({ headers, setCookies }: EgressResponse): Page['headers'] {
  return setCookies.length === 0 ? headers : { ...headers, 'set-cookie': setCookies.join(',') };
}

/** The body as a value; one that is not what it says it is stays text, so that the run sees what came. */
function readBody(contentType: string, bytes: Uint8Array): Value {
  try {
    return contentToValue(contentType, bytes);
  } catch (error) {
    if (error instanceof SyntaxError) return new TextDecoder().decode(bytes);
    throw error;
  }
}

function requestHeaders(given: HttpAction['headers']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(given)
      .map(([name, value]): readonly [string, Value] => [name.toLowerCase(), value])
      .filter(([name, value]) => value !== null && !ignoredHeaders.test(name))
      .map(([name, value]) => [name, toText(value)]),
  );
}

function requestUrl({ uri, queries }: HttpAction): string {
  const url = URL.parse(uri);
  if (url === null) {
    throw new ConnectorError(
      'parameter-invalid',
      `"${uri}" is not an absolute address. Give one that begins with https:// or http://.`,
    );
  }
  url.search = addQuery(url.search.slice(1), queries);
  return url.href;
}
