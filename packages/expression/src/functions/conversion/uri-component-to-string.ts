import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const uriComponentToString: EagerFunction = {
  kind: 'eager',
  name: 'uriComponentToString',
  parameters: ['string'],
  apply: ([text]) => {
    try {
      return decodeURIComponent(text as string);
    } catch (error) {
      throw invalidArgument('uriComponentToString', 'was given a text whose escapes are not valid.', { cause: error });
    }
  },
};

export const decodeUriComponent: EagerFunction = { ...uriComponentToString, name: 'decodeUriComponent' };
