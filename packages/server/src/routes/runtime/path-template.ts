/** Values of a relative path's placeholders, decoded; `undefined` when the path is of another shape. */
export function matchRelativePath(template: string, path: string): { readonly [name: string]: string } | undefined {
  const expected = segmentsOf(template);
  const given = segmentsOf(path);
  if (expected.length !== given.length) return undefined;
  const values: { [name: string]: string } = {};
  for (const [index, segment] of expected.entries()) {
    const value = given[index] ?? '';
    const name = /^\{(.+)\}$/.exec(segment)?.[1];
    const decoded = decode(value);
    if (decoded === undefined || (name === undefined && segment !== decoded)) return undefined;
    if (name !== undefined) values[name] = decoded;
  }
  return values;
}

function segmentsOf(path: string): readonly string[] {
  return path.split('/').filter((segment) => segment !== '');
}

function decode(segment: string): string | undefined {
  try {
    return decodeURIComponent(segment);
  } catch {
    return undefined;
  }
}
