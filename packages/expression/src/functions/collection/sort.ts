import type { Value } from '../../contract.ts';
import { compareNumbers, isNumber } from '../../numbers.ts';
import { isObject, memberOf, typeName } from '../../values.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { compareText } from '../logical/compare-text.ts';

const costOfComparison = 32;

export const sort: EagerFunction = {
  kind: 'eager',
  name: 'sort',
  parameters: ['array', 'string'],
  optional: 1,
  apply: ([items, key], _, meter) => {
    const keyOf = (item: Value): Value => {
      if (key === undefined) return item;
      if (!isObject(item))
        throw invalidArgument(
          'sort',
          `sorts objects by '${key as string}', and an item is of type '${typeName(item)}'.`,
        );
      return memberOf(item, key as string) ?? null;
    };
    const keyed = (items as readonly Value[]).map((item) => ({ item, by: keyOf(item) }));
    return keyed
      .toSorted((left, right) => {
        meter.charge(costOfComparison);
        return compare(left.by, right.by);
      })
      .map(({ item }) => item);
  },
};

function compare(left: Value, right: Value): number {
  if (left === null || right === null) return left === right ? 0 : left === null ? -1 : 1;
  if (isNumber(left) && isNumber(right)) return compareNumbers(left, right);
  if (typeof left === 'string' && typeof right === 'string') return compareText(left, right);
  if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
  throw invalidArgument('sort', `cannot compare values of the types '${typeName(left)}' and '${typeName(right)}'.`);
}
