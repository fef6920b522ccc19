import type { JsonObject, JsonValue } from '../model.ts';
import { escapePointer, resolvePointer } from '../source/pointer.ts';
import type { SourceDocument } from '../source/source-document.ts';

/** The document that stands inside another one, at a pointer; it is located in the outer one's text. */
export function innerDocument(outer: SourceDocument, pointer: string): SourceDocument {
  return {
    source: outer.source,
    root: resolvePointer(outer.root, pointer) ?? null,
    locate: (inner) => outer.locate(pointer + inner),
  };
}

/** A document of members that stand in documents of their own; each is located in its own text, the rest in the first one's. */
export function composedDocument(
  first: SourceDocument,
  parts: ReadonlyMap<string, SourceDocument>,
  further: JsonObject = {},
): SourceDocument {
  const members = [...parts].map(([name, part]): [string, JsonValue] => [name, part.root]);
  return {
    source: first.source,
    root: { properties: { ...Object.fromEntries(members), ...further } },
    locate: (pointer) => {
      for (const [name, part] of parts) {
        const start = `/properties/${escapePointer(name)}`;
        if (pointer === start || pointer.startsWith(`${start}/`)) return part.locate(pointer.slice(start.length));
      }
      return first.locate('');
    },
  };
}
