import { contentToValue, toText, type Value, valueToContent } from '@patchbay/expression';
import type { CallOptions, Connector } from './contract.ts';
import { ConnectorError } from './errors.ts';
import type { Page, PageTarget } from './paging/next-target.ts';
import { mergePages } from './paging/pages.ts';
import { pagingPlace } from './paging/paging-place.ts';
import { readPagingRule } from './paging/paging-rule.ts';

/** A call of a flow's own through a connection: the ApiConnection action, which names method and path instead of an operation. */
export type ConnectionAction = {
  readonly method: string;
  /** Below the connection, already encoded; with a query, if it has one. */
  readonly path: string;
  readonly queries: { readonly [name: string]: Value };
  readonly headers: { readonly [name: string]: Value };
  readonly body?: Value;
};

export type ConnectionActionResult = {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Value;
};

/**
 * Makes the call of an ApiConnection action. `options.headers` are the platform's own; the action's win. Throws `ConnectorError` and
 * `EgressError`.
 */
export async function sendConnectionAction(
  connector: Connector,
  action: ConnectionAction,
  options: CallOptions,
): Promise<ConnectionActionResult> {
  const method = action.method.toUpperCase();
  const first = targetOf(action);
  const headers = lowerCaseHeaders(action.headers);
  const content = action.body === undefined ? undefined : valueToContent(action.body, headers['content-type']);
  const { headers: ownHeaders, minimumItemCount, ...callOptions } = options;
  const send = async ({ path, query }: PageTarget): Promise<Page> => {
    const response = await connector.forward(
      {
        method,
        path,
        query,
        operationPath: first.path,
        headers: {
          ...ownHeaders,
          ...headers,
          ...(content !== undefined && { 'content-type': content.contentType }),
        },
        ...(content !== undefined && { body: content.bytes }),
      },
      callOptions,
    );
    const bytes = await response.bytes();
    const body = readAnswer(response.status, response.headers['content-type'] ?? '', bytes);
    return { statusCode: response.status, headers: response.headers, body, sentUrl: response.url };
  };
  const model = method === 'GET' ? connector.match(method, first.path)?.model : undefined;
  const rule = model === undefined || minimumItemCount === undefined ? undefined : readPagingRule(model);
  const page =
    rule === undefined || minimumItemCount === undefined
      ? await send(first)
      : await mergePages({ ...pagingPlace(options), rule, first, send }, minimumItemCount);
  return { statusCode: page.statusCode, headers: page.headers, body: page.body };
}

function targetOf(action: ConnectionAction): PageTarget {
  const [path = '/', query = ''] = action.path.split(/\?(.*)/s);
  const queries = new URLSearchParams(query);
  for (const [name, value] of Object.entries(action.queries)) if (value !== null) queries.append(name, toText(value));
  return { path: path.startsWith('/') ? path : `/${path}`, query: queries.toString() };
}

function readAnswer(status: number, contentType: string, bytes: Uint8Array): Value {
  try {
    return contentToValue(contentType, bytes);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (status >= 400) return new TextDecoder().decode(bytes);
    throw new ConnectorError('response-not-json', `The API answered ${status} with ${contentType} that is not JSON.`, {
      cause: error,
    });
  }
}

function lowerCaseHeaders(headers: { readonly [name: string]: Value }): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === null ? [] : [[name.toLowerCase(), toText(value)] as const],
    ),
  );
}
