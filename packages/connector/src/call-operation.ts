import type { JsonValue } from '@patchbay/definition';
import { redacted, watchSecrets } from './call-secrets.ts';
import type { Callable } from './callable.ts';
import type { BoundRequest, CallOptions, OperationResult, ParameterValues } from './contract.ts';
import { tellPathRefused } from './errors.ts';
import { exchange, exchangeAt } from './exchange.ts';
import { observeNothing } from './explain/observe.ts';
import type { Page } from './paging/next-target.ts';
import { mergePages, type PageSource, pagesOf } from './paging/pages.ts';
import { pagingPlace } from './paging/paging-place.ts';
import { readPagingRule } from './paging/paging-rule.ts';

/** bind → authenticate → policies → transport → policies → result; as many pages of it as the options ask for. */
export async function callOperation(
  operation: Callable,
  parameters: ParameterValues,
  options: CallOptions,
): Promise<OperationResult> {
  const secrets = watchSecrets(operation, options);
  const { minimumItemCount } = options;
  try {
    const bound = operation.bind(parameters);
    const source = minimumItemCount === undefined ? undefined : pageSource(operation, bound, secrets.options);
    if (source === undefined || minimumItemCount === undefined) {
      return (await exchange(operation, bound, secrets.options, observeNothing)).result;
    }
    return toResult(await mergePages(source, minimumItemCount));
  } catch (error) {
    throw tellPathRefused(redacted(error, operation.model, secrets.redact), options.onPathRefused);
  }
}

/** Asks for the answer of a call that was answered with 202 before. */
export async function pollOperation(
  operation: Callable,
  parameters: ParameterValues,
  location: string,
  options: CallOptions,
): Promise<OperationResult> {
  const secrets = watchSecrets(operation, options);
  try {
    return await exchangeAt(operation, operation.bind(parameters), location, secrets.options);
  } catch (error) {
    throw tellPathRefused(redacted(error, operation.model, secrets.redact), options.onPathRefused);
  }
}

/** The pages of an operation's answer. */
export async function* pagesOfOperation(
  operation: Callable,
  parameters: ParameterValues,
  options: CallOptions,
): AsyncGenerator<OperationResult, void, undefined> {
  const secrets = watchSecrets(operation, options);
  try {
    const bound = operation.bind(parameters);
    const source = pageSource(operation, bound, secrets.options);
    if (source === undefined) yield (await exchange(operation, bound, secrets.options, observeNothing)).result;
    else for await (const page of pagesOf(source)) yield toResult(page);
  } catch (error) {
    throw tellPathRefused(redacted(error, operation.model, secrets.redact), options.onPathRefused);
  }
}

function toResult({ statusCode, headers, body }: Page): OperationResult {
  // What an operation answers is JSON: the pages are its results, and merging makes no other values.
  return { statusCode, headers, body: body as JsonValue };
}

/** How to ask for the pages of a bound request; undefined when it has none. */
function pageSource(operation: Callable, bound: BoundRequest, options: CallOptions): PageSource | undefined {
  const rule = readPagingRule(operation.model);
  if (rule === undefined || bound.method !== 'GET' || !bound.url.startsWith(`${operation.baseUrl}/`)) return undefined;
  const [path = '', query = ''] = bound.url.slice(operation.baseUrl.length).split(/\?(.*)/s);
  return {
    ...pagingPlace(options),
    rule,
    first: { path, query },
    send: async (target) => {
      const url = `${operation.baseUrl}${target.path}${target.query === '' ? '' : `?${target.query}`}`;
      const { result, sentUrl } = await exchange(operation, { ...bound, url }, options, observeNothing);
      return { ...result, sentUrl };
    },
  };
}
