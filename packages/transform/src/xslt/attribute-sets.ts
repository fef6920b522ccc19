import type { CompileContext } from './compile-context.ts';
import { runBody, type Scope } from './scope.ts';

/** What `use-attribute-sets` adds (XSLT 1.0 §7.1.4). */
export function compileAttributeSets(given: string | undefined, context: CompileContext): (scope: Scope) => void {
  const names = (given ?? '')
    .split(/\s+/)
    .filter((name) => name !== '')
    .map((name) => context.expandName(name));
  if (names.length === 0) return () => undefined;
  return (scope) => {
    for (const name of names) {
      const parts = scope.runtime.stylesheet.attributeSets.get(name);
      if (parts === undefined) throw new SyntaxError(`there is no attribute-set "${name}"`);
      for (const part of parts) runBody(part, { ...scope, bindings: undefined });
    }
  };
}
