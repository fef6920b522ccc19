import type { Subject } from '../subject.ts';
import type { Place } from './resolve.ts';
import { innerSchemas } from './schema-use.ts';

/** Counts stop here: more is too many by any measure. */
const most = 1_000_000_000;

/** Counts a schema with everything in it and behind its references; what refers back to itself counts once. */
export function createCounter(subject: Subject): (schema: Place) => number {
  const known = new Map<string, number>();
  const count = (schema: Place): number => {
    const target = subject.resolve(schema);
    if (target === undefined) return 1;
    const counted = known.get(target.pointer);
    if (counted !== undefined) return counted;
    known.set(target.pointer, 1);
    const total = innerSchemas(target).reduce((sum, inner) => Math.min(most, sum + count(inner)), 1);
    known.set(target.pointer, total);
    return total;
  };
  return count;
}
