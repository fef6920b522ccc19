import { functions } from './function-table.ts';

const maxNameLength = 40;

/** That a function does not exist, and which one may be meant. */
export function describeUnknown(name: string): string {
  const close = closestFunction(name);
  return `The template function '${name}' is not defined or not valid.${close === undefined ? '' : ` Did you mean '${close}'?`}`;
}

/** The function whose name is nearest to one that does not exist, if any is near: at most a third of its characters differ. */
export function closestFunction(name: string): string | undefined {
  if (name.length > maxNameLength) return undefined;
  const wanted = name.toLowerCase();
  let [closest, least]: [string | undefined, number] = [undefined, Math.floor(wanted.length / 3) + 1];
  for (const one of functions) {
    const distance = editDistance(wanted, one.name.toLowerCase());
    if (distance < least) [closest, least] = [one.name, distance];
  }
  return closest;
}

/** Insertions, deletions and replacements between two words (Levenshtein). */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let i = 1; i <= from.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const replaced = (row[j - 1] ?? 0) + (from[i - 1] === to[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
