import type { ValueObject } from '../../contract.ts';
import { memberOf, objectOf } from '../../values.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const addProperty: EagerFunction = {
  kind: 'eager',
  name: 'addProperty',
  parameters: ['object', 'string', 'any'],
  apply: ([object, name, value = null]) => {
    if (memberOf(object as ValueObject, name as string) !== undefined) {
      throw invalidArgument('addProperty', `cannot add property '${name as string}': the object has it already.`);
    }
    return objectOf([...Object.entries(object as ValueObject), [name as string, value]]);
  },
};
