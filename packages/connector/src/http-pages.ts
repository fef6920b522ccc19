import type { Value } from '@patchbay/expression';
import type { Page, PageTarget } from './paging/next-target.ts';
import { valueAt } from './paging/page-items.ts';
import { mergePages } from './paging/pages.ts';
import type { PagingRule } from './paging/paging-rule.ts';

/** Where answers say how the list goes on, when no definition tells: OData, older OData, Azure. */
const linkNames = ['@odata.nextLink', 'odata.nextLink', 'nextLink', '@nextLink'];

/** One answer of as many pages as it takes to have a number of items, of an API that says itself where the next page is. */
export async function mergeHttpPages(
  url: string,
  minimumItemCount: number,
  send: (url: string) => Promise<Page>,
): Promise<Page> {
  const firstPage = await send(url);
  const rule = ruleOf(firstPage);
  if (rule === undefined || firstPage.statusCode >= 300) return firstPage;
  const sent = new URL(firstPage.sentUrl);
  const first: PageTarget = { path: sent.pathname, query: sent.search.slice(1) };
  const ask = async (target: PageTarget): Promise<Page> =>
    target === first ? firstPage : send(`${sent.origin}${target.path}${target.query === '' ? '' : `?${target.query}`}`);
  return mergePages({ rule, first, send: ask }, minimumItemCount);
}

function ruleOf({ body, headers }: Page): PagingRule | undefined {
  const name = linkNames.find((candidate) => isLink(valueAt(body, [candidate])));
  if (name !== undefined) return { kind: 'next-link', linkPath: [name] };
  return /\brel\s*=\s*"?[^",;]*\bnext\b/i.test(headers['link'] ?? '') ? { kind: 'link-header' } : undefined;
}

function isLink(value: Value | undefined): boolean {
  return typeof value === 'string' && value !== '';
}
