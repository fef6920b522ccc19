import type { JsonObject, JsonValue } from '../model.ts';
import { decodeFragment, escapePointer } from './pointer.ts';
import type { Location, SourceDocument } from './source-document.ts';

/** The root member under which the other files of a description stand once they are joined. No author can have written it. */
const mount = '\u0000files';

/** Answers the parsed document of a name that {@link resolveName} gave, or undefined when there is none. */
export type FindDocument = (name: string) => SourceDocument | undefined;

/**
 * Joins a document with the other files that its `$ref`s name into one that refers only into itself, so that readers see a single
 * document; `locate` still answers with the author's own file and pointer. References to files that are not there stay as they are.
 */
export function joinDocuments(main: SourceDocument, find: FindDocument): SourceDocument {
  if (!hasExternalReference(main.root)) return main;
  const joined: SourceDocument[] = [];
  const indexes = new Map<string, number>();
  const indexOf = (name: string): number | undefined => {
    const known = indexes.get(name);
    if (known !== undefined) return known;
    const document = find(name);
    if (document === undefined) return undefined;
    indexes.set(name, joined.push(document) - 1);
    return joined.length - 1;
  };
  const root = rewrite(main.root, rewriterOf(main.source.name, '', main.source.name, indexOf));
  const files: JsonValue[] = [];
  // Rewriting a file may bring in more.
  for (let index = 0; index < joined.length; index += 1) {
    const document = joined[index];
    if (document === undefined) continue;
    const prefix = `/${mount}/${index}`;
    files.push(rewrite(document.root, rewriterOf(document.source.name, prefix, main.source.name, indexOf)));
  }
  return {
    source: main.source,
    root: { ...(root as JsonObject), [mount]: files },
    locate: (pointer) => locateIn(main, joined, pointer),
  };
}

/** The names of the other files that a document's `$ref`s name, each once, in document order. */
export function referencedFiles(document: SourceDocument): readonly string[] {
  const names = new Set<string>();
  visitReferences(document.root, (reference) => {
    const file = reference.split('#', 1)[0] ?? '';
    if (file !== '') names.add(resolveName(document.source.name, file));
  });
  return [...names];
}

/** A file's name as seen from the file that refers to it: an address when either is one, else a path. */
export function resolveName(base: string, reference: string): string {
  if (URL.canParse(reference)) return new URL(reference).href;
  if (/^https?:/i.test(base)) return new URL(reference, base).href;
  const parts = reference.startsWith('/') ? [] : base.split('/').slice(0, -1);
  for (const part of decodeFragment(reference).split('/')) {
    if (part === '..' && parts.length > 0 && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${reference.startsWith('/') || base.startsWith('/') ? '/' : ''}${parts.join('/').replace(/^\//, '')}`;
}

type Rewriter = (reference: string) => string;

function rewriterOf(
  name: string,
  prefix: string,
  mainName: string,
  indexOf: (name: string) => number | undefined,
): Rewriter {
  return (reference) => {
    const [file = '', fragment = ''] = reference.split('#', 2);
    if (file === '') return `#${prefix}${decodeFragment(fragment)}`;
    const target = resolveName(name, file);
    if (target === mainName) return `#${decodeFragment(fragment)}`;
    const index = indexOf(target);
    return index === undefined ? reference : `#/${mount}/${index}${decodeFragment(fragment)}`;
  };
}

/** A copy with every `$ref` rewritten. Percent-encoding is undone once, so it is done again for what stays encoded. */
function rewrite(value: JsonValue, rewriter: Rewriter): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => rewrite(item, rewriter));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]: [string, JsonValue]) => [
      name,
      name === '$ref' && typeof item === 'string' ? encodePercent(rewriter(item)) : rewrite(item, rewriter),
    ]),
  );
}

function encodePercent(reference: string): string {
  return reference.startsWith('#') ? reference.replaceAll('%', '%25') : reference;
}

function hasExternalReference(value: JsonValue): boolean {
  let found = false;
  visitReferences(value, (reference) => {
    found ||= !reference.startsWith('#');
  });
  return found;
}

function visitReferences(value: JsonValue, visit: (reference: string) => void): void {
  if (Array.isArray(value)) for (const item of value) visitReferences(item, visit);
  else if (typeof value === 'object' && value !== null) {
    for (const [name, item] of Object.entries(value)) {
      if (name === '$ref' && typeof item === 'string') visit(item);
      else visitReferences(item, visit);
    }
  }
}

function locateIn(main: SourceDocument, joined: readonly SourceDocument[], pointer: string): Location {
  const start = `/${escapePointer(mount)}/`;
  if (!pointer.startsWith(start)) return main.locate(pointer);
  const [index = '', ...names] = pointer.slice(start.length).split('/');
  const document = joined[Number(index)];
  return document === undefined ? main.locate('') : document.locate(names.map((name) => `/${name}`).join(''));
}
