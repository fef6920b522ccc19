import { isArray, isObject } from '../../values.ts';
import { checkArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const empty: EagerFunction = {
  kind: 'eager',
  name: 'empty',
  parameters: ['any'],
  apply: ([collection = null]) => {
    if (collection === null || collection === '') return true;
    if (isArray(collection)) return collection.length === 0;
    if (isObject(collection)) return Object.keys(collection).length === 0;
    checkArgument('empty', 'collection', collection, 0, 1);
    return false;
  },
};
