import type { Value, ValueObject } from '../../contract.ts';
import { equalValues, isArray, memberOf, objectOf } from '../../values.ts';
import { checkArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { distinct } from './distinct.ts';

export const intersection: EagerFunction = {
  kind: 'eager',
  name: 'intersection',
  parameters: ['any'],
  rest: 'any',
  apply: (values) => {
    const [head = null, ...others] = values;
    const kind = isArray(head) ? 'array' : 'object';
    for (const [index, value] of values.entries()) checkArgument('intersection', kind, value, index, values.length);
    if (isArray(head)) {
      return distinct(
        head.filter((item) =>
          others.every((other) => (other as readonly Value[]).some((one) => equalValues(one, item))),
        ),
      );
    }
    const object = head as ValueObject;
    const common = Object.keys(object).filter((name) =>
      others.every((other) => {
        const found = memberOf(other as ValueObject, name);
        return found !== undefined && equalValues(found, object[name] ?? null);
      }),
    );
    return objectOf(common.map((name) => [name, object[name] ?? null]));
  },
};
