/**
 * Of some names the one that is nearest to one which is not among them, if any is near; case does not count. `share`: 3 when at most a
 * third of its characters may differ.
 */
export function closestName(name: string, known: Iterable<string>, share: number): string | undefined {
  const wanted = name.toLowerCase();
  let [closest, least]: [string | undefined, number] = [undefined, Math.floor(wanted.length / share) + 1];
  for (const one of known) {
    if (Math.abs(one.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted, one.toLowerCase());
    if (distance < least) [closest, least] = [one, distance];
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
