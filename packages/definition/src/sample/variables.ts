/** Answers the value of a variable; undefined when it has none. */
export type FindValue = (name: string) => string | undefined;

export const noVariables: FindValue = () => undefined;

/** Values that contain variables whose values contain variables… */
const maxRounds = 8;
const maxLength = 1_000_000;
const reference = /\{\{([^{}]{1,200})\}\}/g;

/** Puts the values of `{{variables}}` in their places; those without one stay as they are. Bounded in depth and length. */
export function replaceVariables(text: string, find: FindValue): string {
  let current = text;
  for (let round = 0; round < maxRounds && current.includes('{{'); round += 1) {
    let length = current.length;
    const next = current.replace(reference, (whole, name: string) => {
      const value = find(name.trim());
      if (value === undefined || length + value.length > maxLength) return whole;
      length += value.length;
      return value;
    });
    if (next === current) break;
    current = next;
  }
  return current;
}

/** The names of the variables in a text, each once, in order. */
export function variablesIn(text: string): readonly string[] {
  return [...new Set([...text.matchAll(reference)].map((match) => (match[1] ?? '').trim()))];
}

/** A variable's name as a parameter's: letters, digits, `_`, `-` and `.`; a dynamic variable's without its `$`. */
export function parameterName(name: string): string {
  return name.replace(/[^\w.-]+/g, '_').replace(/^_+|_+$/g, '') || 'value';
}
