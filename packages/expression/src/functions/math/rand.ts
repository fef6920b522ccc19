import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const rand: EagerFunction = {
  kind: 'eager',
  name: 'rand',
  parameters: ['integer', 'integer'],
  apply: ([low, high], scope) => {
    const [minimum, maximum] = [Number(low), Number(high)];
    if (minimum >= maximum) throw invalidArgument('rand', 'expects its first parameter to be less than its second.');
    return minimum + Math.floor(scope.random() * (maximum - minimum));
  },
};
