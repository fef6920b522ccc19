import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { boundedText } from '../limits.ts';

export const replace: EagerFunction = {
  kind: 'eager',
  name: 'replace',
  parameters: ['string', 'string', 'string'],
  apply: ([given, old, replacement]) => {
    const [text, search, insert] = [given as string, old as string, replacement as string];
    if (search === '') throw invalidArgument('replace', 'expects its second parameter not to be empty.');
    const parts = text.split(search);
    return boundedText('replace', text.length + (parts.length - 1) * insert.length, () => parts.join(insert));
  },
};
