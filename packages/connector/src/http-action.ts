import type { Egress, NetworkRules } from '@patchbay/egress';
import { contentToValue, toText, type Value, valueToContent } from '@patchbay/expression';
import { ConnectorError } from './errors.ts';
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
  /** `{"type": "Basic", "username", "password"}` or `{"type": "Raw", "value"}`. */
  readonly authentication?: Value;
  /** The body goes out, and the answer is asked for, in chunks. An answer that is the first part of a whole is made whole in any case. */
  readonly contentTransfer?: ContentTransfer;
};

export type HttpActionOptions = {
  readonly egress: Egress;
  readonly networkRules: NetworkRules;
  /** The platform's own, e.g. an idempotency key; the action's win. Lower-case names. */
  readonly headers?: { readonly [name: string]: string };
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
};

export type HttpActionResult = {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Value;
};

/** Header fields that an Http action cannot set: the transport's own, and what would speak for somebody else. */
const ignoredHeaders =
  /^(accept-(charset|encoding|language)|allow|content-(?!disposition$|encoding$|type$).*|connection|cookie|expires|host|last-modified|origin|proxy-.*|set-cookie|te|trailer|transfer-encoding|upgrade)$/;
const credentialHeaders = /^(authorization|.*(token|secret|key))$/;

/**
 * Makes the call of an Http action. A 202 is an answer: who called asks at its Location. Throws `EgressError`, and `ConnectorError` for an
 * address or an authentication that can't be used and a transfer that fails.
 */
export async function sendHttpAction(action: HttpAction, options: HttpActionOptions): Promise<HttpActionResult> {
  const headers: Record<string, string> = { ...options.headers, ...requestHeaders(action.headers) };
  const content = action.body === undefined ? undefined : valueToContent(action.body, headers['content-type']);
  if (content !== undefined) headers['content-type'] ??= content.contentType;
  const authorization = authorizationOf(action.authentication);
  if (authorization !== undefined) headers['authorization'] = authorization;
  const call = new HttpCall(
    {
      method: action.method.toUpperCase(),
      url: requestUrl(action),
      headers,
      body: content?.bytes,
      credentialHeaders: Object.keys(headers).filter((name) => credentialHeaders.test(name)),
    },
    options,
  );
  const response = await answerOf(call, { transfer: action.contentTransfer, followsLocation: false });
  const bytes = await response.bytes();
  return {
    statusCode: response.status,
    headers: response.headers,
    body: readBody(response.headers['content-type'] ?? '', bytes),
  };
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
  for (const [name, value] of Object.entries(queries)) if (value !== null) url.searchParams.append(name, toText(value));
  return url.href;
}

function authorizationOf(authentication: Value | undefined): string | undefined {
  if (authentication === undefined || authentication === null) return undefined;
  const text = (name: string): string => {
    const value =
      typeof authentication === 'object' && Object.hasOwn(authentication, name)
        ? (authentication as { readonly [name: string]: Value })[name]
        : undefined;
    return value === undefined || value === null ? '' : toText(value);
  };
  switch (text('type').toLowerCase()) {
    case '':
    case 'none':
      return undefined;
    case 'basic':
      return `Basic ${Buffer.from(`${text('username')}:${text('password')}`, 'utf8').toString('base64')}`;
    case 'raw':
      return text('value');
    default:
      throw new ConnectorError(
        'security-unsupported',
        `The authentication type "${text('type')}" is not supported. Basic and Raw are.`,
      );
  }
}
