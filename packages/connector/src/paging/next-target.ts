import type { Value } from '@patchbay/expression';
import { ConnectorError } from '../errors.ts';
import { escapesPath } from '../path-template.ts';
import { findItems, valueAt } from './page-items.ts';
import type { PagingRule } from './paging-rule.ts';

/** What a page is asked at: below the connector's base, percent-encoded, and its query without the question mark. */
export type PageTarget = { readonly path: string; readonly query: string };

/** One page as it was answered. */
export type Page = {
  readonly statusCode: number;
  readonly headers: { readonly [name: string]: string };
  readonly body: Value;
  /** The address that was asked in the end, after policies. */
  readonly sentUrl: string;
};

/** What a next page may be asked of. */
export type PagingPlace = {
  /** Where callers reach the connection: links that a policy led through it are links of the API. */
  readonly runtimeUrl?: string;
  /** A query parameter that carries the credential, which is added to each request anew. */
  readonly credentialParameter?: string;
};

/** What the page after one is asked at; undefined after the last. Throws `ConnectorError` `page-refused` for a link that leads elsewhere. */
export function nextTarget(
  rule: PagingRule,
  target: PageTarget,
  page: Page,
  place: PagingPlace,
): PageTarget | undefined {
  switch (rule.kind) {
    case 'next-link': {
      const link = valueAt(page.body, rule.linkPath);
      return typeof link === 'string' && link !== '' ? targetOfLink(link, target, page, place) : undefined;
    }
    case 'link-header': {
      const link = nextOfLinkHeader(page.headers['link'] ?? '');
      return link === undefined ? undefined : targetOfLink(link, target, page, place);
    }
    case 'cursor': {
      const cursor = valueAt(page.body, rule.cursorPath);
      const isThere = cursor !== undefined && cursor !== null && cursor !== '' && cursor !== false;
      return isThere && typeof cursor !== 'object' ? withQuery(target, rule.parameter, String(cursor)) : undefined;
    }
    case 'page':
    case 'offset': {
      const path = findItems(page.body, rule.itemsPath);
      const items = path === undefined ? [] : (valueAt(page.body, path) as readonly Value[]);
      if (items.length === 0) return undefined;
      const given = new URLSearchParams(target.query).get(rule.parameter);
      const current = given !== null && /^-?\d+$/.test(given) ? Number(given) : rule.start;
      return withQuery(target, rule.parameter, String(current + (rule.kind === 'page' ? 1 : items.length)));
    }
  }
}

function withQuery({ path, query }: PageTarget, name: string, value: string): PageTarget {
  const pairs = new URLSearchParams(query);
  pairs.set(name, value);
  return { path, query: pairs.toString() };
}

/** A link is followed on the host that answered and below the same base only; `http` on an `https` host is what a proxy forgot to say. */
function targetOfLink(link: string, target: PageTarget, { sentUrl }: Page, place: PagingPlace): PageTarget {
  const { runtimeUrl, credentialParameter } = place;
  const sent = new URL(sentUrl);
  const base = sent.pathname.endsWith(target.path) ? sent.pathname.slice(0, -target.path.length) : '';
  const url = URL.parse(link, sent.href);
  const isRuntime = runtimeUrl !== undefined && url?.href.startsWith(`${runtimeUrl}/`) === true;
  const runtimeBase = isRuntime ? new URL(runtimeUrl) : undefined;
  const isOwn =
    runtimeBase !== undefined ||
    (url !== null &&
      /^https?:$/.test(url.protocol) &&
      hostOf(url, sent) === sent.host &&
      url.pathname.startsWith(`${base}/`));
  const path = url?.pathname.slice((runtimeBase?.pathname ?? base).length) ?? '';
  if (url === null || !isOwn || url.username !== '' || url.password !== '' || escapesPath(path)) {
    const where = url === null ? 'something that is no address' : url.host + url.pathname;
    throw new ConnectorError(
      'page-refused',
      `The link to the next page leads to ${where}, which is not below ${sent.host}${base}/, where the connector calls. It is not followed.`,
    );
  }
  const pairs = url.search
    .slice(1)
    .split('&')
    .filter((pair) => pair !== '' && decodeName(pair) !== credentialParameter);
  return { path, query: pairs.join('&') };
}

/** The host with its port, as it would be under the scheme that the request used. */
function hostOf(url: URL, sent: URL): string {
  return url.protocol === sent.protocol || url.port !== '' ? url.host : url.hostname;
}

function decodeName(pair: string): string | undefined {
  return [...new URLSearchParams(pair).keys()][0];
}

const linkParameter = /;\s*([\w!#$&+.^`|~*-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"]+))/g;

/** The target of the first link whose relation is `next` (RFC 8288 §3). */
function nextOfLinkHeader(header: string): string | undefined {
  for (const [, link = '', parameters = ''] of header.slice(0, 16_384).matchAll(/<([^<>]*)>([^<]*)/g)) {
    const relation = [...parameters.matchAll(linkParameter)].find(([, name = '']) => name.toLowerCase() === 'rel');
    const relations = (relation?.[2] ?? relation?.[3] ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('next')) return link;
  }
  return undefined;
}
