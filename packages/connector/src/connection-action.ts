import type { EgressResponse } from '@patchbay/egress';
import { contentToValue, type Value } from '@patchbay/expression';
import { type ConnectionRequest, toForwardedRequest } from './connection-request.ts';
import type { CallOptions, Connector } from './contract.ts';
import { ConnectorError } from './errors.ts';
import type { Page, PageTarget } from './paging/next-target.ts';
import { mergePages } from './paging/pages.ts';
import { pagingPlace } from './paging/paging-place.ts';
import { readPagingRule } from './paging/paging-rule.ts';

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
  action: ConnectionRequest,
  options: CallOptions,
): Promise<ConnectionActionResult> {
  const request = toForwardedRequest(action);
  const first: PageTarget = { path: request.path, query: request.query };
  const { headers: ownHeaders, minimumItemCount, ...callOptions } = options;
  const send = async ({ path, query }: PageTarget): Promise<Page> => {
    const response = await connector.exchange(
      { ...request, path, query, operationPath: first.path, headers: { ...ownHeaders, ...request.headers } },
      callOptions,
    );
    return { ...(await readResult(response)), sentUrl: response.url };
  };
  const model = request.method === 'GET' ? connector.match(request.method, first.path)?.model : undefined;
  const rule = model === undefined || minimumItemCount === undefined ? undefined : readPagingRule(model);
  const page =
    rule === undefined || minimumItemCount === undefined
      ? await send(first)
      : await mergePages({ ...pagingPlace(options), rule, first, send }, minimumItemCount);
  return { statusCode: page.statusCode, headers: page.headers, body: page.body };
}

/**
 * Asks for the answer of an ApiConnection action that was answered with 202, at the `Location` that came with it; an answer like
 * {@link Connector.poll}'s. Throws as {@link sendConnectionAction} does.
 */
export async function pollConnectionAction(
  connector: Connector,
  action: ConnectionRequest,
  location: string,
  options: CallOptions,
): Promise<ConnectionActionResult> {
  return readResult(await connector.poll(toForwardedRequest(action), location, options));
}

async function readResult(response: EgressResponse): Promise<ConnectionActionResult> {
  const { status: statusCode, headers } = response;
  const bytes = await response.bytes();
  return { statusCode, headers, body: readAnswer(statusCode, headers['content-type'] ?? '', bytes) };
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
