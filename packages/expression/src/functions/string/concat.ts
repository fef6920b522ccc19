import { toText } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';
import { boundedText } from '../limits.ts';

export const concat: EagerFunction = {
  kind: 'eager',
  name: 'concat',
  parameters: ['any'],
  rest: 'any',
  apply: (values) => {
    const texts = values.map(toText);
    return boundedText(
      'concat',
      texts.reduce((sum, text) => sum + text.length, 0),
      () => texts.join(''),
    );
  },
};
