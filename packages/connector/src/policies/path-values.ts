import { parsePathTemplate } from '../path-template.ts';

/** Finds the path parameters in a path that an operation's template made, as they stand there. */
export function compilePathValues(template: string): (path: string) => ReadonlyMap<string, string> {
  const { literals, names } = parsePathTemplate(template);
  if (names.length === 0) return () => new Map();
  const pattern = new RegExp(`^${literals.map(escapeLiteral).join('([^/]+?)')}$`);
  return (path) => {
    const match = pattern.exec(path);
    return new Map(names.map((name, index) => [name, match?.[index + 1] ?? '']));
  };
}

function escapeLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
