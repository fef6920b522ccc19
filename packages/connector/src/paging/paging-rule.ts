import type { JsonObject, JsonValue, OperationModel } from '@patchbay/definition';

/** How an operation's answers come in pages. */
export type PagingRule = (
  | /** The answer holds the address of the next page at a path. */ {
      readonly kind: 'next-link';
      readonly linkPath: readonly string[];
    }
  /** The answer's `Link` header has it, as `rel="next"` (RFC 8288). */
  | { readonly kind: 'link-header' }
  /** The answer holds what the next request gives as a query parameter. */
  | { readonly kind: 'cursor'; readonly parameter: string; readonly cursorPath: readonly string[] }
  /** A query parameter counts pages, or items. */
  | { readonly kind: 'page' | 'offset'; readonly parameter: string; readonly start: number }
) & {
  /** Where in an answer the items stand; `undefined` where the definition does not say. */
  readonly itemsPath?: readonly string[];
};

/**
 * Reads how an operation pages: the ecosystem's `x-ms-pageable` (`nextLinkName`, and AutoRest's `itemName`), or `x-patchbay-pagination`
 * for APIs that page otherwise: `{"style": "offset" | "page" | "cursor" | "linkHeader" | "nextLink", "parameter"?, "start"?, "next"?,
 * "items"?}`, `next` and `items` being paths such as `meta.next`. The latter counts where both are there. Undefined when nothing, or
 * nothing that can be followed, is said.
 */
export function readPagingRule({ extensions }: OperationModel): PagingRule | undefined {
  const own = objectAt(extensions, 'x-patchbay-pagination');
  if (own !== undefined) return readOwn(own);
  const pageable = objectAt(extensions, 'x-ms-pageable');
  const link = pageable === undefined ? undefined : textAt(pageable, 'nextLinkName');
  if (pageable === undefined || link === undefined) return undefined;
  const items = textAt(pageable, 'itemName');
  return { kind: 'next-link', linkPath: [link], ...(items !== undefined && { itemsPath: [items] }) };
}

function readOwn(own: JsonObject): PagingRule | undefined {
  const parameter = textAt(own, 'parameter');
  const next = textAt(own, 'next')?.split('.');
  const items = textAt(own, 'items');
  const itemsPath = items === undefined ? {} : { itemsPath: items.split('.') };
  const style = textAt(own, 'style');
  switch (style) {
    case 'linkHeader':
      return { kind: 'link-header', ...itemsPath };
    case 'nextLink':
      return next && { kind: 'next-link', linkPath: next, ...itemsPath };
    case 'cursor':
      if (parameter === undefined || next === undefined) return undefined;
      return { kind: 'cursor', parameter, cursorPath: next, ...itemsPath };
    case 'page':
    case 'offset': {
      const start = own['start'];
      const usual = style === 'page' ? 1 : 0;
      if (parameter === undefined) return undefined;
      return { kind: style, parameter, start: typeof start === 'number' ? start : usual, ...itemsPath };
    }
    default:
      return undefined;
  }
}

function objectAt(holder: JsonObject, name: string): JsonObject | undefined {
  const value: JsonValue | undefined = Object.hasOwn(holder, name) ? holder[name] : undefined;
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined;
}

function textAt(holder: JsonObject, name: string): string | undefined {
  const value = Object.hasOwn(holder, name) ? holder[name] : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}
