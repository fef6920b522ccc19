import { toMeteredText } from '../../content.ts';
import type { Value } from '../../contract.ts';
import { measureJson } from '../../measure-json.ts';
import { indexOfText } from '../../text-search.ts';
import { equalValues, isArray, isObject, memberOf } from '../../values.ts';
import { checkArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

/** A part of a text, an item of an array, the name of an object's member; case-sensitive. */
export const contains: EagerFunction = {
  kind: 'eager',
  name: 'contains',
  parameters: ['collection', 'any'],
  apply: ([collection = null, value = null]: readonly Value[], _, meter) => {
    if (isArray(collection)) {
      if (typeof value === 'object') measureJson(collection, meter);
      return collection.some((item) => equalValues(item, value));
    }
    if (isObject(collection)) return memberOf(collection, toMeteredText(value, meter)) !== undefined;
    checkArgument('contains', 'string', value, 1, 2);
    return indexOfText(collection as string, value as string) !== -1;
  },
};
