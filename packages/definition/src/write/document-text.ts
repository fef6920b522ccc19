import type { JsonObject, JsonValue } from '../model.ts';
import { pointerNames } from '../source/pointer.ts';

const indent = 4;

/** A document as text: JSON, indented by four blanks, a line feed at the end. The same document is always the same text. */
export function writeText(document: JsonObject): string {
  return `${JSON.stringify(document, undefined, indent)}\n`;
}

/** Where in the text of {@link writeText} the members stand that JSON pointers name, or their nearest ancestors that exist. */
export function locateInText(
  document: JsonObject,
): (pointer: string) => { readonly line: number; readonly column: number } {
  const counted = new Map<JsonValue, number>();
  const linesOf = (value: JsonValue): number => {
    if (typeof value !== 'object' || value === null) return 1;
    const known = counted.get(value);
    if (known !== undefined) return known;
    const parts = Object.values(value) as readonly JsonValue[];
    const lines = parts.length === 0 ? 1 : parts.reduce((sum: number, part) => sum + linesOf(part), 2);
    counted.set(value, lines);
    return lines;
  };
  return (pointer) => {
    let value: JsonValue = document;
    let [line, depth] = [1, 0];
    for (const name of pointerNames(pointer)) {
      if (typeof value !== 'object' || value === null) break;
      const members: readonly (readonly [string, JsonValue])[] = Object.entries(value);
      const index = members.findIndex(([key]) => key === name);
      const found = members[index];
      if (found === undefined) break;
      line += 1 + members.slice(0, index).reduce((sum, [, part]) => sum + linesOf(part), 0);
      depth += 1;
      value = found[1];
    }
    return { line, column: depth * indent + 1 };
  };
}
