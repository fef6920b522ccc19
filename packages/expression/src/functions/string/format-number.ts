import { formatNumber as format } from '../../number-format/format-number.ts';
import type { NumberValue } from '../../numbers.ts';
import { knownLocale } from '../../time/locale-names.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const formatNumber: EagerFunction = {
  kind: 'eager',
  name: 'formatNumber',
  parameters: ['number', 'string', 'string'],
  optional: 1,
  apply: ([value, pattern, tag = 'en-US']) => {
    const locale = knownLocale(tag as string);
    if (locale === undefined) throw invalidArgument('formatNumber', `does not know the locale '${tag as string}'.`);
    const text = (pattern as string).length > 256 ? undefined : format(value as NumberValue, pattern as string, locale);
    if (text === undefined)
      throw invalidArgument('formatNumber', `cannot format the number with '${pattern as string}'.`);
    return text;
  },
};
