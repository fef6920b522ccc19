import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const guid: EagerFunction = {
  kind: 'eager',
  name: 'guid',
  parameters: ['string'],
  optional: 1,
  apply: ([format = 'D'], scope) => {
    const value = scope.guid();
    switch ((format as string).toUpperCase()) {
      case 'D':
      case '':
        return value;
      case 'N':
        return value.replaceAll('-', '');
      case 'B':
        return `{${value}}`;
      case 'P':
        return `(${value})`;
      case 'X': {
        const [a = '', b = '', c = '', d = '', e = ''] = value.split('-');
        const bytes = (d + e).match(/../g) ?? [];
        return `{0x${a},0x${b},0x${c},{${bytes.map((byte) => `0x${byte}`).join(',')}}}`;
      }
      default:
        throw invalidArgument('guid', `knows the formats D, N, B, P and X, not '${format as string}'.`);
    }
  },
};
