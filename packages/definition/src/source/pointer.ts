import type { JsonValue } from '../model.ts';

/** One reference token of a JSON pointer (RFC 6901 §3). */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** The names in a JSON pointer, unescaped. */
export function pointerNames(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A JSON pointer as it stands in a URI fragment (RFC 6901 §6), decoded. */
export function decodeFragment(fragment: string): string {
  return fragment.split('/').map(decodePart).join('/');
}

/** The value that a JSON pointer names. Own members only. */
export function resolvePointer(root: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const name of pointerNames(pointer)) {
    if (Array.isArray(value)) value = value[Number(name)];
    else if (typeof value === 'object' && value !== null && Object.hasOwn(value, name)) {
      value = (value as { readonly [name: string]: JsonValue })[name];
    } else return undefined;
  }
  return value;
}

function decodePart(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
