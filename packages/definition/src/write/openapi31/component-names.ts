/** Names that components may have, by those that the model has (OpenAPI 3.1, Components Object). */
export function componentNames(names: Iterable<string>): ReadonlyMap<string, string> {
  const all = [...names];
  const taken = new Set(all.filter(isValid));
  return new Map(
    all.map((name) => {
      if (isValid(name)) return [name, name];
      const base = name.replaceAll(/[^\w.-]+/g, '_') || '_';
      let free = base;
      for (let number = 2; taken.has(free); number += 1) free = `${base}_${number}`;
      taken.add(free);
      return [name, free];
    }),
  );
}

function isValid(name: string): boolean {
  return /^[\w.-]+$/.test(name);
}
