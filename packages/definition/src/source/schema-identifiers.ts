import type { JsonObject, JsonValue } from '../model.ts';
import { decodeFragment, escapePointer, resolvePointer } from './pointer.ts';
import { isObject, member } from './reading.ts';
import type { SourceDocument } from './source-document.ts';

/** Where the schemas stand that have a URI of their own or a plain name within one (JSON Schema 2020-12 §8.2). */
type Index = {
  readonly root: JsonValue;
  /** URI without fragment → pointer. */
  readonly resources: Map<string, string>;
  /** `URI#name` → pointer. */
  readonly anchors: Map<string, string>;
};

const placeholder = 'document:///';

/**
 * Rewrites the `$ref`s that name a schema by its `$id`, its `$anchor` or the document's own `$self` into pointers, so that readers see
 * only those. `$dynamicRef` is read as the reference that it is where nothing overrides it. A document without any stays as it is.
 */
export function resolveIdentifiers(document: SourceDocument): SourceDocument {
  if (!hasIdentifier(document.root)) return document;
  const self = isObject(document.root) ? member(document.root, '$self') : undefined;
  const base = resolveUri(typeof self === 'string' ? self : '', resolveUri(document.source.name, placeholder));
  const index: Index = { root: document.root, resources: new Map([[base, '']]), anchors: new Map() };
  collect(document.root, '', base, index);
  return { ...document, root: rewrite(document.root, base, index) };
}

const names = ['$id', '$anchor', '$dynamicAnchor', '$self', '$dynamicRef'] as const;

function hasIdentifier(value: JsonValue): boolean {
  if (Array.isArray(value)) return value.some(hasIdentifier);
  if (!isObject(value)) return false;
  return names.some((name) => typeof member(value, name) === 'string') || Object.values(value).some(hasIdentifier);
}

function collect(value: JsonValue, pointer: string, base: string, index: Index): void {
  if (Array.isArray(value)) {
    for (const [position, item] of value.entries()) collect(item, `${pointer}/${position}`, base, index);
  } else if (isObject(value)) {
    const own = baseOf(value, base);
    if (own !== base && !index.resources.has(own)) index.resources.set(own, pointer);
    for (const name of ['$anchor', '$dynamicAnchor']) {
      const anchor = member(value, name);
      const key = `${own}#${String(anchor)}`;
      if (typeof anchor === 'string' && !index.anchors.has(key)) index.anchors.set(key, pointer);
    }
    for (const [name, item] of Object.entries(value)) collect(item, `${pointer}/${escapePointer(name)}`, own, index);
  }
}

function rewrite(value: JsonValue, base: string, index: Index): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => rewrite(item, base, index));
  if (!isObject(value)) return value;
  const own = baseOf(value, base);
  const members = Object.entries(value).map(([name, item]): [string, JsonValue] => {
    if ((name === '$ref' || name === '$dynamicRef') && typeof item === 'string') {
      return ['$ref', resolveReference(item, own, index)];
    }
    return [name, rewrite(item, own, index)];
  });
  return Object.fromEntries(members) as JsonObject;
}

function resolveReference(reference: string, base: string, index: Index): string {
  // What stands in another file was joined already: its pointer is one into the whole.
  if (reference.startsWith('#/\u0000')) return reference;
  const [, fragment = ''] = reference.split('#', 2);
  const resource = reference.startsWith('#') ? base : resolveUri(reference, base);
  const anchor = index.anchors.get(`${resource}#${decodeFragment(fragment)}`);
  if (anchor !== undefined) return toReference(anchor, '');
  const pointer = index.resources.get(resource);
  if (pointer === undefined || (fragment !== '' && !fragment.startsWith('/'))) return reference;
  // Inside a schema with an `$id`, a pointer starts at that schema; many mean the document all the same.
  const isThere = resolvePointer(index.root, pointer + decodeFragment(fragment)) !== undefined;
  return toReference(isThere ? pointer : '', fragment);
}

function toReference(pointer: string, fragment: string): string {
  return `#${pointer.replaceAll('%', '%25')}${fragment}`;
}

function baseOf(value: JsonObject, base: string): string {
  const id = member(value, '$id');
  return typeof id === 'string' && !id.startsWith('#') ? resolveUri(id, base) : base;
}

/** A URI without its fragment. */
function resolveUri(reference: string, base: string): string {
  if (!URL.canParse(reference, base)) return base;
  const url = new URL(reference, base);
  url.hash = '';
  return url.href;
}
