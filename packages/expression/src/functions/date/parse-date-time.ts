import { knownLocale } from '../../time/locale-names.ts';
import { parseExactly } from '../../time/parse-exactly.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';
import { readTimestamp } from './read-timestamp.ts';
import { writeTimestamp } from './write-timestamp.ts';

/** Locale before format, unlike the other functions. */
export const parseDateTime: EagerFunction = {
  kind: 'eager',
  name: 'parseDateTime',
  parameters: ['timestamp', 'string', 'string'],
  optional: 2,
  apply: ([text, tag = 'en-US', format], scope) => {
    const locale = knownLocale(tag as string);
    if (locale === undefined) throw invalidArgument('parseDateTime', `does not know the locale '${tag as string}'.`);
    if (format === undefined)
      return writeTimestamp('parseDateTime', readTimestamp('parseDateTime', text, scope, locale), undefined);
    const value = parseExactly(text as string, format as string, locale);
    if (value === undefined) {
      throw invalidArgument(
        'parseDateTime',
        `was given '${text as string}', which does not have the format '${format as string}'.`,
      );
    }
    return writeTimestamp('parseDateTime', value, undefined);
  },
};
