import { rescale } from '../../numbers.ts';
import type { EagerFunction } from '../function-definition.ts';
import { calculate } from './arithmetic.ts';

export const sub: EagerFunction = {
  kind: 'eager',
  name: 'sub',
  parameters: ['number', 'number'],
  apply: (values) =>
    calculate(
      {
        small: (left, right) => left - right,
        integers: (left, right) => left - right,
        decimals: (left, right) => {
          const scale = Math.max(left.scale, right.scale);
          return { unscaled: rescale(left, scale) - rescale(right, scale), scale };
        },
        floats: (left, right) => left - right,
      },
      values,
    ),
};
