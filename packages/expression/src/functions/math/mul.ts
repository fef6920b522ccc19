import type { EagerFunction } from '../function-definition.ts';
import { calculate } from './arithmetic.ts';

export const mul: EagerFunction = {
  kind: 'eager',
  name: 'mul',
  parameters: ['number', 'number'],
  apply: (values) =>
    calculate(
      {
        integers: (left, right) => left * right,
        decimals: (left, right) => ({ unscaled: left.unscaled * right.unscaled, scale: left.scale + right.scale }),
        floats: (left, right) => left * right,
      },
      values,
    ),
};
