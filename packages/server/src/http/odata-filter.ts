/** The clauses of an OData `$filter` that are joined with `and`: lower-case member → operator → value. Others are ignored. */
export type Filter = { readonly [member: string]: { readonly [operator: string]: string } };

/** A member begins where none is running already, so that a long word is looked at once. */
const clause = /(?<![\w./])([\w./]+)\s+(eq|ne|ge|gt|le|lt)\s+(?:'((?:[^']|'')*)'|([^\s()]+))/gi;

/** Reads a filter leniently: what is not understood is left out. */
export function parseFilter(text: string | undefined): Filter {
  const filter: { [member: string]: { [operator: string]: string } } = Object.create(null);
  for (const [, member = '', operator = '', quoted, bare] of (text ?? '').matchAll(clause)) {
    const name = member.toLowerCase();
    const values = filter[name] ?? (Object.create(null) as { [operator: string]: string });
    values[operator.toLowerCase()] = quoted?.replaceAll("''", "'") ?? bare ?? '';
    filter[name] = values;
  }
  return filter;
}

/** The environment that a filter names. */
export function environmentOf(query: { readonly $filter?: string | undefined } | undefined): string | undefined {
  return parseFilter(query?.$filter)['environment']?.['eq'];
}
