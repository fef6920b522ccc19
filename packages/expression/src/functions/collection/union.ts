import type { Value, ValueObject } from '../../contract.ts';
import { isArray, objectOf } from '../../values.ts';
import { checkArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { boundedItems } from '../limits.ts';
import { distinct } from './distinct.ts';

export const union: EagerFunction = {
  kind: 'eager',
  name: 'union',
  parameters: ['any'],
  rest: 'any',
  apply: (values) => {
    const [head = null] = values;
    const kind = isArray(head) ? 'array' : 'object';
    for (const [index, value] of values.entries()) checkArgument('union', kind, value, index, values.length);
    if (isArray(head))
      return distinct(
        boundedItems(
          'union',
          values.flatMap((value) => value as readonly Value[]),
        ),
      );
    return objectOf(values.flatMap((value) => Object.entries(value as ValueObject)));
  },
};
