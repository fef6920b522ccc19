const longestCompared = 80;
const mostCompared = 1_000;

/** `; did you mean "…"?` with the name nearest to one that is not there; empty when none is near. */
export function suggestion(name: string, known: Iterable<string>): string {
  const wanted = normalise(name);
  if (wanted.length > longestCompared) return '';
  let [closest, least]: [string | undefined, number] = [undefined, Math.floor(wanted.length / 4) + 1];
  let compared = 0;
  for (const one of known) {
    compared += 1;
    if (compared > mostCompared) break;
    if (Math.abs(one.length - wanted.length) >= least) continue;
    const distance = editDistance(wanted, normalise(one));
    if (distance < least) [closest, least] = [one, distance];
  }
  return closest === undefined ? '' : `; did you mean "${closest}"?`;
}

/** Names of actions are shown with spaces and written with underscores. */
function normalise(name: string): string {
  return name.toLowerCase().replaceAll(' ', '_');
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
