import type { CollectionFormat, SchemaModel } from '../model.ts';

/** `<type>` or `<type>` with a length, as Postman writes for a value that only its schema is known of. */
const types: Readonly<Record<string, SchemaModel>> = {
  string: { kind: 'string' },
  integer: { kind: 'integer' },
  long: { kind: 'integer', format: 'int64' },
  number: { kind: 'number' },
  float: { kind: 'number', format: 'float' },
  double: { kind: 'number', format: 'double' },
  boolean: { kind: 'boolean' },
  date: { kind: 'string', format: 'date' },
  dateTime: { kind: 'string', format: 'date-time' },
  'date-time': { kind: 'string', format: 'date-time' },
  uuid: { kind: 'string', format: 'uuid' },
  email: { kind: 'string', format: 'email' },
  uri: { kind: 'string', format: 'uri' },
  byte: { kind: 'string', format: 'byte' },
  binary: { kind: 'string', format: 'binary' },
  password: { kind: 'string', format: 'password' },
};
const separators: readonly (readonly [CollectionFormat, RegExp])[] = [
  ['csv', /,|%2C/i],
  ['ssv', / |%20|\+/],
  ['pipes', /\||%7C/i],
];

export function isPlaceholder(text: string): boolean {
  return placeholderType(text) !== undefined;
}

/** The schema that a placeholder names: `<integer>` → integer; undefined for any other text. */
export function placeholderType(text: string): SchemaModel | undefined {
  const name = /^<([\w-]{1,20})>$/.exec(text.trim())?.[1];
  return name !== undefined && Object.hasOwn(types, name) ? types[name] : undefined;
}

/** The schema that the values of one parameter state by placeholders: one, a joined list of them, or several of the same. */
export function inferPlaceholders(texts: readonly string[]): SchemaModel | undefined {
  const [first] = texts;
  if (first === undefined) return undefined;
  const own = placeholderType(first);
  if (own !== undefined) return own;
  for (const [collectionFormat, separator] of separators) {
    const parts = first.split(separator).map(placeholderType);
    const [items] = parts;
    if (parts.length > 1 && items !== undefined && parts.every((part) => part?.kind === items.kind)) {
      return { kind: 'array', items, collectionFormat };
    }
  }
  return undefined;
}
