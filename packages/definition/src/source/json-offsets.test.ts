import fc from 'fast-check';
import { parseTree } from 'jsonc-parser';
import { expect, it } from 'vitest';
import { createJsonOffsets } from './json-offsets.ts';
import { escapePointer } from './pointer.ts';

/** Every pointer of a text with the offset at which another parser has it. */
function expected(text: string): ReadonlyMap<string, number> {
  const offsets = new Map<string, number>();
  const visit = (node: ReturnType<typeof parseTree>, pointer: string, offset: number): void => {
    offsets.set(pointer, offset);
    for (const [index, child] of (node?.children ?? []).entries()) {
      const [name, value] = child.type === 'property' ? (child.children ?? []) : [undefined, child];
      const key = name === undefined ? String(index) : String(name.value);
      visit(value, `${pointer}/${escapePointer(key)}`, child.offset);
    }
  };
  const tree = parseTree(text);
  visit(tree, '', tree?.offset ?? 0);
  return offsets;
}

it('finds every value where another parser has it', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 5, noUnicodeString: false }), fc.constantFrom(0, 2), (json, indent) => {
      const text = `\n ${JSON.stringify(JSON.parse(json), null, indent)}`;
      const find = createJsonOffsets(text);
      for (const [pointer, offset] of expected(text)) expect([pointer, find(pointer)]).toEqual([pointer, offset]);
    }),
    { seed: 5, numRuns: 500 },
  );
});

it.each([
  ['/a/1/deeper', '{}]'],
  ['/a/x', '"a"'],
  ['/none', '{ "a"'],
  ['/s/x', '"s"'],
  ['/q"\\', String.raw`"q\"\\"`],
  ['/e/0', '"e"'],
])('answers with the nearest ancestor of %s that is there', (pointer, found) => {
  const text = String.raw`{ "a": [1, {}],"s": "}],\"", "q\"\\":[], "e": {}}`;
  expect(text.slice(createJsonOffsets(text)(pointer)).slice(0, found.length)).toBe(found);
});
