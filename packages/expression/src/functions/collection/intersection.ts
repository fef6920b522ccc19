import type { Value, ValueObject } from '../../contract.ts';
import { memberOf, objectOf } from '../../values.ts';
import type { EagerFunction } from '../function-definition.ts';
import { canonicalKey } from './canonical-key.ts';
import { checkAlike } from './check-alike.ts';
import { distinct } from './distinct.ts';

/** Arrays: items that all of them have, in the first one's order. Objects: members whose names all of them have, the last one's value. */
export const intersection: EagerFunction = {
  kind: 'eager',
  name: 'intersection',
  parameters: ['any'],
  rest: 'any',
  apply: (values, _, meter) => {
    if (checkAlike('intersection', values) === 'objects') return commonMembers(values as readonly ValueObject[]);
    const [head = [], ...others] = values as readonly (readonly Value[])[];
    const keys = others.map((other) => new Set(other.map((item) => canonicalKey(item, meter))));
    return distinct(
      head.filter((item) => {
        const key = canonicalKey(item, meter);
        return keys.every((set) => set.has(key));
      }),
      meter,
    );
  },
};

function commonMembers(objects: readonly ValueObject[]): ValueObject {
  const [head = {}, ...others] = objects;
  const last = others.at(-1) ?? head;
  const names = Object.keys(head).filter((name) => others.every((other) => memberOf(other, name) !== undefined));
  return objectOf(names.map((name) => [name, memberOf(last, name) ?? null]));
}
