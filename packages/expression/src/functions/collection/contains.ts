import { toText } from '../../content.ts';
import type { Value } from '../../contract.ts';
import { equalValues, isArray, isObject, memberOf } from '../../values.ts';
import { checkArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const contains: EagerFunction = {
  kind: 'eager',
  name: 'contains',
  parameters: ['collection', 'any'],
  apply: ([collection = null, value = null]: readonly Value[]) => {
    if (isArray(collection)) return collection.some((item) => equalValues(item, value));
    if (isObject(collection)) return memberOf(collection, toText(value)) !== undefined;
    checkArgument('contains', 'string', value, 1, 2);
    return (collection as string).includes(value as string);
  },
};
