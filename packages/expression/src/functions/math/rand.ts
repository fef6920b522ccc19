import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

/** .NET's Random draws 32-bit integers. */
const endOfIntegers = 2 ** 31;

export const rand: EagerFunction = {
  kind: 'eager',
  name: 'rand',
  parameters: ['integer', 'integer'],
  apply: ([low, high], scope) => {
    const [minimum, maximum] = [Number(low), Number(high)];
    if (minimum > maximum)
      throw invalidArgument('rand', 'expects its first parameter to be no larger than its second.');
    if (minimum < -endOfIntegers || maximum >= endOfIntegers)
      throw invalidArgument('rand', `expects its parameters to be from ${-endOfIntegers} to ${endOfIntegers - 1}.`);
    return minimum + Math.floor(scope.random() * (maximum - minimum));
  },
};
