import { member } from '../../source/reading.ts';
import type { Subject } from '../subject.ts';
import type { OperationView } from './operation-view.ts';
import { memberPlace, textOf } from './resolve.ts';

/** An operation as a revision of a family (`x-ms-api-annotation`). */
export type Revision = {
  readonly operation: OperationView;
  readonly family: string;
  /** Absent when the annotation gives none. */
  readonly revision?: number;
  /** Lower case. */
  readonly status: string;
  /** Of the annotation. */
  readonly pointer: string;
};

/** The operations that are annotated with a family, by it. */
export function familiesOf(subject: Subject): ReadonlyMap<string, readonly Revision[]> {
  const families = new Map<string, Revision[]>();
  for (const operation of subject.operations) {
    const annotation = memberPlace(operation, 'x-ms-api-annotation');
    const family = annotation === undefined ? '' : textOf(annotation.value, 'family');
    if (annotation === undefined || family === '') continue;
    const revision = member(annotation.value, 'revision');
    const status = textOf(annotation.value, 'status').toLowerCase();
    const { pointer } = annotation;
    const one = { operation, family, status, pointer, ...(typeof revision === 'number' && { revision }) };
    const known = families.get(family);
    if (known === undefined) families.set(family, [one]);
    else known.push(one);
  }
  return families;
}
