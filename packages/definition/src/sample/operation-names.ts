/** `Get the loan (draft)` → `GetTheLoanDraft`; empty for a name without Latin letters or digits. */
export function pascalCase(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}|['’]/gu, '')
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== '')
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join('')
    .slice(0, maxLength);
}

const maxLength = 100;

/** Gives each operation an identifier of its own: its name's, or else its method's and path's. */
export function operationNamer(used: Iterable<string> = []): (name: string, method: string, path: string) => string {
  // Identifiers that differ only in case are one to clients that make files of them.
  const taken = new Set([...used].map((id) => id.toLowerCase()));
  return (name, method, path) => {
    const stated = isAddress(name) ? '' : pascalCase(name);
    const byPath = pascalCase(`${method.toLowerCase()} ${path}`);
    const base = stated !== '' && /[A-Za-z]/.test(stated) ? stated.replace(/^(?=\d)/, 'Operation') : byPath;
    let id = base;
    for (let number = 2; taken.has(id.toLowerCase()); number += 1) id = `${base}${number}`;
    taken.add(id.toLowerCase());
    return id;
  };
}

/** Whether a request was only ever called by its address. */
export function isAddress(name: string): boolean {
  return /^\s*$|^\s*([a-z][\w+.-]*:)?\/\/|^\s*\{\{|^\s*(localhost|[\w-]+(\.[\w-]+)+)(:\d+)?\/\S*$/i.test(name);
}
