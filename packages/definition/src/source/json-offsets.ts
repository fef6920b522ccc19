import { pointerNames } from './pointer.ts';

/** Where the members of an object stand, or the items of an array: its name, or itself, and its value. */
type Place = { readonly start: number; readonly value: number };
type Container = { readonly get: (name: string) => Place | undefined };

const quote = 34;
const backslash = 92;

/**
 * Finds where values stand in a valid JSON text, without a tree of it: only what lies on the way to a pointer is looked through, each
 * object or array once. Answers with the offset of a member's name, of an item, or of the nearest ancestor that is there.
 */
export function createJsonOffsets(text: string): (pointer: string) => number {
  const containers = new Map<number, Container>();
  const open = (offset: number): Container => {
    const known = containers.get(offset);
    if (known !== undefined) return known;
    const created = readContainer(text, offset);
    containers.set(offset, created);
    return created;
  };
  const root = skipBlanks(text, 0);
  return (pointer) => {
    let place: Place = { start: root, value: root };
    for (const name of pointerNames(pointer)) {
      const next = open(place.value).get(name);
      if (next === undefined) break;
      place = next;
    }
    return place.start;
  };
}

function readContainer(text: string, offset: number): Container {
  const first = text[offset];
  if (first === '[') {
    const items = readItems(text, offset);
    return { get: (name) => (/^\d+$/.test(name) ? items[Number(name)] : undefined) };
  }
  const members = first === '{' ? readMembers(text, offset) : new Map<string, Place>();
  return { get: (name) => members.get(name) };
}

function readMembers(text: string, offset: number): ReadonlyMap<string, Place> {
  const members = new Map<string, Place>();
  let index = skipBlanks(text, offset + 1);
  while (text.charCodeAt(index) === quote) {
    const end = skipString(text, index);
    const value = skipBlanks(text, skipBlanks(text, end) + 1);
    members.set(String(JSON.parse(text.slice(index, end))), { start: index, value });
    index = skipBlanks(text, skipBlanks(text, skipValue(text, value)) + 1);
  }
  return members;
}

function readItems(text: string, offset: number): readonly Place[] {
  const items: Place[] = [];
  let index = skipBlanks(text, offset + 1);
  while (index < text.length && text[index] !== ']') {
    items.push({ start: index, value: index });
    const end = skipBlanks(text, skipValue(text, index));
    if (text[end] !== ',') break;
    index = skipBlanks(text, end + 1);
  }
  return items;
}

function skipBlanks(text: string, offset: number): number {
  let index = offset;
  while (text.charCodeAt(index) <= 32) index += 1;
  return index;
}

/** The offset after a string that begins at one. */
function skipString(text: string, offset: number): number {
  for (let index = offset + 1; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === backslash) index += 1;
    else if (code === quote) return index + 1;
  }
  return text.length;
}

/** The offset after a value that begins at one. */
function skipValue(text: string, offset: number): number {
  if (text.charCodeAt(offset) === quote) return skipString(text, offset);
  let depth = 0;
  for (let index = offset; index < text.length; index += 1) {
    switch (text[index]) {
      case '"':
        index = skipString(text, index) - 1;
        break;
      case '{':
      case '[':
        depth += 1;
        break;
      case '}':
      case ']':
        if (depth === 0) return index;
        depth -= 1;
        if (depth === 0) return index + 1;
        break;
      case ',':
        if (depth === 0) return index;
        break;
      default:
    }
  }
  return text.length;
}
