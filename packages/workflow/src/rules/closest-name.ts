import { closestName } from '@patchbay/expression';

const longestCompared = 80;
const mostCompared = 1_000;

/** `; did you mean "…"?` with the name nearest to one that is not there; empty when none is near. */
export function suggestion(name: string, known: Iterable<string>): string {
  const wanted = underscored(name);
  if (wanted.length > longestCompared) return '';
  const names = new Map([...Iterator.from(known).take(mostCompared)].map((one) => [underscored(one), one]));
  const closest = closestName(wanted, names.keys(), 4);
  return closest === undefined ? '' : `; did you mean "${names.get(closest)}"?`;
}

/** Names of actions are shown with spaces and written with underscores. */
function underscored(name: string): string {
  return name.replaceAll(' ', '_');
}
