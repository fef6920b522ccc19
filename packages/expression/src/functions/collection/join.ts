import { toMeteredText } from '../../content.ts';
import type { Value } from '../../contract.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkTextLength } from '../limits.ts';

export const join: EagerFunction = {
  kind: 'eager',
  name: 'join',
  parameters: ['array', 'string'],
  apply: ([items, given], _, meter) => {
    const delimiter = given as string;
    const texts: string[] = [];
    let length = 0;
    for (const item of items as readonly Value[]) {
      const text = toMeteredText(item, meter);
      length += text.length + (texts.length === 0 ? 0 : delimiter.length);
      checkTextLength('join', length);
      texts.push(text);
    }
    meter.charge(length);
    return texts.join(delimiter);
  },
};
