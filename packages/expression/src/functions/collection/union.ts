import type { Value, ValueObject } from '../../contract.ts';
import { objectOf } from '../../values.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkItemCount } from '../limits.ts';
import { checkAlike } from './check-alike.ts';
import { distinct } from './distinct.ts';

/** Arrays: each item once. Objects: all members, of those of one name the last. */
export const union: EagerFunction = {
  kind: 'eager',
  name: 'union',
  parameters: ['any'],
  rest: 'any',
  apply: (values, _, meter) => {
    if (checkAlike('union', values) === 'objects')
      return objectOf(values.flatMap((value) => Object.entries(value as ValueObject)));
    checkItemCount(
      'union',
      values.reduce<number>((sum, value) => sum + (value as readonly Value[]).length, 0),
    );
    return distinct(values.flat() as readonly Value[], meter);
  },
};
