import { numberCultureOf } from '../../number-format/number-culture.ts';
import { knownLocale } from '../../time/locale-names.ts';
import { formatTimeSpanBy, parseTimeSpan } from '../../time/time-span.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

export const formatTimeSpan: EagerFunction = {
  kind: 'eager',
  name: 'formatTimeSpan',
  parameters: ['string', 'string', 'string'],
  optional: 1,
  apply: ([span, format, tag]) => {
    const locale = tag === undefined || tag === '' ? 'en-US' : knownLocale(tag as string);
    if (locale === undefined) throw invalidArgument('formatTimeSpan', `does not know the locale '${tag as string}'.`);
    const { point } = numberCultureOf(locale);
    const ticks = parseTimeSpan(span as string);
    if (ticks === undefined)
      throw invalidArgument('formatTimeSpan', `was given '${span as string}', which is not a time span.`);
    const text = (format as string).length > 256 ? undefined : formatTimeSpanBy(ticks, format as string, point);
    if (text === undefined)
      throw invalidArgument('formatTimeSpan', `was given the format '${format as string}', which is not valid.`);
    return text;
  },
};
