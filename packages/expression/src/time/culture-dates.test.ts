import { expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { scopeFromInputs } from '../scope-from-inputs.ts';
import { cultureDates } from './culture-dates.ts';

const scope = scopeFromInputs({});
const moments = ['2009-06-15T13:45:30', '2021-12-03T09:05:07', '2000-01-31T00:00:59'];

/** What a standard format leaves of a moment. */
const kept: readonly (readonly [string, number])[] = [
  ['d', 10],
  ['D', 10],
  ['g', 16],
  ['f', 16],
  ['G', 19],
  ['F', 19],
];

// Beside those with a row, cultures that are made of Unicode's data.
it.each([...Object.keys(cultureDates), 'fa-IR', 'ar-SA', 'bn-BD', 'sr-RS', 'nb', 'fr', 'de'])(
  'reads every date that it has written for %s',
  (tag) => {
    for (const [format, length] of kept) {
      for (const moment of moments) {
        const written = `formatDateTime('${moment}', '${format}', '${tag}')`;
        const read = compile(`@parseDateTime(${written}, '${tag}')`)(scope);
        const expected = `${moment.slice(0, length)}${'0001-01-01T00:00:00'.slice(length)}`;
        expect([format, read]).toEqual([format, `${expected.slice(0, 19)}.0000000`]);
      }
    }
  },
);
