import { toText } from '../../content.ts';
import type { Value } from '../../contract.ts';
import type { EagerFunction } from '../function-definition.ts';
import { boundedText } from '../limits.ts';

export const join: EagerFunction = {
  kind: 'eager',
  name: 'join',
  parameters: ['array', 'string'],
  apply: ([items, delimiter]) => {
    const texts = (items as readonly Value[]).map(toText);
    const length = texts.reduce((sum, text) => sum + text.length + (delimiter as string).length, 0);
    return boundedText('join', length, () => texts.join(delimiter as string));
  },
};
