import type { JsonValue } from '../../model.ts';
import type { Subject } from '../subject.ts';
import { memberPlace, type Place } from './resolve.ts';

/** A column of a table that says by which functions it can be filtered (`x-ms-capabilities`, `filterFunctions`). */
export type FilterFunctions = {
  /** The capabilities. */
  readonly place: Place;
  /** Pointer of the schema that has them. */
  readonly holder: string;
  readonly functions: readonly JsonValue[];
};

export function filterFunctions(subject: Subject): readonly FilterFunctions[] {
  return subject.nodes('schema').flatMap((node) => {
    const place = memberPlace(node, 'x-ms-capabilities');
    const functions = place?.value['filterFunctions'];
    return place !== undefined && Array.isArray(functions) ? [{ place, holder: node.pointer, functions }] : [];
  });
}
