/** Among more names than this, nobody can be told which one was meant. */
const maxCandidates = 2000;

/** The name that was most likely meant: the only closest one within two edits, of names that are not too short for that. */
export function nearestName(name: string, names: Iterable<string>): string | undefined {
  if (name.length > 60) return undefined;
  let left = maxCandidates;
  const most = name.length < 5 ? 1 : 2;
  let best: { readonly name: string; readonly distance: number } | undefined;
  let isAmbiguous = false;
  for (const candidate of names) {
    left -= 1;
    if (left < 0) return undefined;
    if (Math.abs(candidate.length - name.length) > most) continue;
    const distance = editDistance(name.toLowerCase(), candidate.toLowerCase());
    if (distance > most) continue;
    if (best === undefined || distance < best.distance) {
      best = { name: candidate, distance };
      isAmbiguous = false;
    } else if (distance === best.distance) isAmbiguous = true;
  }
  return isAmbiguous ? undefined : best?.name;
}

/** How many letters to insert, remove, replace or swap with a neighbour (optimal string alignment). */
function editDistance(left: string, right: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: right.length + 1 }, (_, index) => index);
  for (let row = 1; row <= left.length; row += 1) {
    const current = [row];
    for (let column = 1; column <= right.length; column += 1) {
      const isSame = left[row - 1] === right[column - 1];
      let least = Math.min(
        (last[column] ?? 0) + 1,
        (current[column - 1] ?? 0) + 1,
        (last[column - 1] ?? 0) + (isSame ? 0 : 1),
      );
      const isSwapped = left[row - 1] === right[column - 2] && left[row - 2] === right[column - 1];
      if (row > 1 && column > 1 && isSwapped) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1);
      current.push(least);
    }
    beforeLast = last;
    last = current;
  }
  return last[right.length] ?? 0;
}
