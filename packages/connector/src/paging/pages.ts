import type { Value } from '@patchbay/expression';
import { nextTarget, type Page, type PageTarget, type PagingPlace } from './next-target.ts';
import { findItems, valueAt, withoutValueAt, withValueAt } from './page-items.ts';
import type { PagingRule } from './paging-rule.ts';

/** However much is asked for, no more than this comes of one call. */
export const pagingLimits = { maxPages: 1000, maxItems: 100_000 };

export type PageSource = PagingPlace & {
  readonly rule: PagingRule;
  readonly first: PageTarget;
  readonly send: (target: PageTarget) => Promise<Page>;
};

/**
 * The pages of an answer, each asked when it is taken: to the last one, the first that is no success, one that was asked already, or
 * the limits. Throws what `send` throws, and `ConnectorError` `page-refused`.
 */
export async function* pagesOf(source: PageSource): AsyncGenerator<Page, void, undefined> {
  const asked = new Set<string>();
  let target: PageTarget | undefined = source.first;
  let items = 0;
  while (target !== undefined && asked.size < pagingLimits.maxPages && items < pagingLimits.maxItems) {
    const key = `${target.path}?${target.query}`;
    if (asked.has(key)) return;
    asked.add(key);
    const page = await source.send(target);
    yield page;
    if (page.statusCode >= 300) return;
    items += itemsOf(page, source.rule).length;
    target = nextTarget(source.rule, target, page, source);
  }
}

/**
 * One answer of as many whole pages as it takes to have a number of items: the first page with all items in place of its own. A page
 * that is no success is the answer. A link to a further page that was not taken stays in it.
 */
export async function mergePages(source: PageSource, minimumItemCount: number): Promise<Page> {
  let merged: Page | undefined;
  let items: readonly Value[] = [];
  let last: Page | undefined;
  for await (const page of pagesOf(source)) {
    if (page.statusCode >= 300) return page;
    merged ??= page;
    last = page;
    items = [...items, ...itemsOf(page, source.rule)];
    if (items.length >= minimumItemCount) break;
  }
  if (merged === undefined || last === undefined) throw new Error('there is always a first page');
  const path = findItems(merged.body, source.rule.itemsPath);
  if (path === undefined || merged === last) return merged;
  return { ...merged, body: withLastLink(withValueAt(merged.body, path, items), last.body, source.rule) };
}

function itemsOf({ body }: Page, { itemsPath }: PagingRule): readonly Value[] {
  const path = findItems(body, itemsPath);
  const items = path === undefined ? undefined : valueAt(body, path);
  return Array.isArray(items) ? (items as readonly Value[]) : [];
}

/** The way on is the last page's. */
function withLastLink(body: Value, last: Value, rule: PagingRule): Value {
  if (rule.kind !== 'next-link' && rule.kind !== 'cursor') return body;
  const path = rule.kind === 'next-link' ? rule.linkPath : rule.cursorPath;
  const link = valueAt(last, path);
  return link === undefined ? withoutValueAt(body, path) : withValueAt(body, path, link);
}
