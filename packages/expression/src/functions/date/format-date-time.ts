import { knownLocale } from '../../time/locale-names.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

export const formatDateTime: EagerFunction = {
  kind: 'eager',
  name: 'formatDateTime',
  parameters: ['timestamp', 'value', 'string'],
  optional: 2,
  apply: ([timestamp, format, tag = 'en-US'], scope) => {
    const locale = knownLocale(tag as string);
    if (locale === undefined) throw invalidArgument('formatDateTime', `does not know the locale '${tag as string}'.`);
    const pattern = format === undefined || typeof format === 'string' ? format : String(format);
    return writeTimestamp('formatDateTime', readTimestamp('formatDateTime', timestamp, scope), pattern, locale);
  },
};
