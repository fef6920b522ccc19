import { toMeteredText } from '../../content.ts';
import type { Evaluator } from '../../contract.ts';
import type { EagerFunction } from '../function-definition.ts';

export const string: EagerFunction = {
  kind: 'eager',
  name: 'string',
  parameters: ['any'],
  apply: ([value = null], _, meter) => toMeteredText(value, meter),
  compile: ([operand], meter) => {
    const value = operand as Evaluator;
    return (scope) => toMeteredText(value(scope), meter);
  },
};
