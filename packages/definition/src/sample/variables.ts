/** Answers the value of a variable; undefined when it has none. */
export type FindValue = (name: string) => string | undefined;

export const noVariables: FindValue = () => undefined;

/** What a value may grow by when variables take their place; values that multiply themselves stop there. */
const maxGrowth = 20_000;
/** Values that contain variables whose values contain variables… */
const maxDepth = 30;
const reference = /\{\{([^{}]{1,200})\}\}/g;

/** Variables over those around them. `find` answers values with the variables in them filled in. */
export type Scope = { readonly find: FindValue; readonly written: FindValue };

/** The variables of one place, over those of what is around it. Each value is filled in once. */
export function createScope(values: ReadonlyMap<string, string>, outer?: Scope): Scope {
  const filled = new Map<string, string | undefined>();
  const written: FindValue = (name) => values.get(name) ?? outer?.written(name);
  let depth = 0;
  const find: FindValue = (name) => {
    if (filled.has(name)) return filled.get(name);
    const value = written(name);
    if (value === undefined || depth >= maxDepth) return value;
    // A variable in its own value stays as it is.
    filled.set(name, undefined);
    depth += 1;
    const complete = replaceVariables(value, find);
    depth -= 1;
    filled.set(name, complete);
    return complete;
  };
  return { find, written };
}

/** Puts the values of `{{variables}}` in their places; those without one stay as they are. */
export function replaceVariables(text: string, find: FindValue): string {
  if (!text.includes('{{')) return text;
  let growth = 0;
  return text.replace(reference, (whole, name: string) => {
    const value = find(name.trim());
    if (value === undefined || growth + value.length > maxGrowth) return whole;
    growth += value.length;
    return value;
  });
}

/** The names of the variables in a text, each once, in order. */
export function variablesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(reference)].map((match) => (match[1] ?? '').trim()))];
}

/** A variable's name as a parameter's: letters, digits, `_`, `-` and `.`; a dynamic variable's without its `$`. */
export function parameterName(name: string): string {
  return name.replace(/[^\w.-]+/g, '_').replace(/^_+|_+$/g, '') || 'value';
}
