import type { Subject } from '../subject.ts';
import type { Place } from './resolve.ts';
import { innerSchemas } from './schema-use.ts';

/** Counts stop here: more is too many by any measure. */
const most = 1_000_000_000;

/** A schema that is being counted: what of it is still to be counted, and how much there was so far. */
type Counting = { readonly pointer: string; readonly rest: Place[]; total: number };

/** Counts a schema with everything in it and behind its references; what refers back to itself counts once. */
export function createCounter(subject: Subject): (schema: Place) => number {
  const known = new Map<string, number>();
  const begin = (place: Place): Counting => {
    known.set(place.pointer, 1);
    return { pointer: place.pointer, rest: [...innerSchemas(place)], total: 1 };
  };
  return (schema) => {
    const start = subject.resolve(schema);
    if (start === undefined) return 1;
    const counted = known.get(start.pointer);
    if (counted !== undefined) return counted;
    // References nest as deep as their author likes, so there is no recursion.
    const open = [begin(start)];
    for (let last = open.at(-1); last !== undefined; last = open.at(-1)) {
      const inner = last.rest.pop();
      if (inner === undefined) {
        known.set(last.pointer, last.total);
        open.pop();
        add(open.at(-1), last.total);
        continue;
      }
      const target = subject.resolve(inner);
      const before = target === undefined ? 1 : known.get(target.pointer);
      if (before !== undefined) add(last, before);
      else if (target !== undefined) open.push(begin(target));
    }
    return known.get(start.pointer) ?? 1;
  };
}

function add(counting: Counting | undefined, amount: number): void {
  if (counting !== undefined) counting.total = Math.min(most, counting.total + amount);
}
