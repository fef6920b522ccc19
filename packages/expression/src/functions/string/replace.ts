import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkTextLength } from '../limits.ts';

/** Every occurrence, case-sensitive. */
export const replace: EagerFunction = {
  kind: 'eager',
  name: 'replace',
  parameters: ['string', 'string', 'string'],
  apply: ([given, old, replacement]) => {
    const [text, search, insert] = [given as string, old as string, replacement as string];
    if (search === '') throw invalidArgument('replace', 'expects its second parameter not to be empty.');
    if (insert.length > search.length)
      checkTextLength('replace', text.length + countOf(text, search) * (insert.length - search.length));
    return text.replaceAll(search, () => insert);
  },
};

function countOf(text: string, search: string): number {
  let count = 0;
  for (let at = text.indexOf(search); at !== -1; at = text.indexOf(search, at + search.length)) count += 1;
  return count;
}
