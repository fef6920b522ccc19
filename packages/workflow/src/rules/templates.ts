import type { JsonValue } from '@patchbay/expression';
import { pointerTo } from '../findings.ts';

/** A text that may hold expressions, and where it stands. */
export type PlacedText = { readonly text: string; readonly pointer: string };

/** Every text of a value that may hold expressions, names of members included, in the order of the document. */
export function* textsOf(value: JsonValue, pointer: string): Generator<PlacedText> {
  const open: { readonly value: JsonValue; readonly pointer: string }[] = [{ value, pointer }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { value: found, pointer: at } = next;
    if (typeof found === 'string') {
      if (found.includes('@')) yield { text: found, pointer: at };
    } else if (typeof found === 'object' && found !== null) {
      const inner: (typeof next)[] = [];
      for (const [name, member] of Object.entries(found)) {
        if (name.includes('@')) inner.push({ value: name, pointer: pointerTo(at, name) });
        if (typeof member === 'string' ? member.includes('@') : typeof member === 'object')
          inner.push({ value: member, pointer: pointerTo(at, name) });
      }
      open.push(...inner.reverse());
    }
  }
}
