import { knownLocale } from '../../time/locale-names.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const formatDateTime: EagerFunction = {
  kind: 'eager',
  name: 'formatDateTime',
  parameters: ['string', 'any', 'string'],
  optional: 2,
  apply: ([timestamp, format, tag = 'en-US']) => {
    const locale = knownLocale(tag as string);
    if (locale === undefined) throw invalidArgument('formatDateTime', `does not know the locale '${tag as string}'.`);
    const pattern = format === null || typeof format === 'string' || format === undefined ? format : String(format);
    return writeTimestamp('formatDateTime', readTimestamp('formatDateTime', timestamp), pattern, locale);
  },
};
