import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseJson } from './parse-json.ts';
import { stringify } from './values.ts';

it.each([
  [
    '{"a": 5.0, "b": 5, "c": 5.5, "d": 1e2, "e": 9007199254740993}',
    '{"a":5.0,"b":5,"c":5.5,"d":100.0,"e":9007199254740993}',
  ],
  ['[12345678901234567890123, -0.0, 0.10]', '[12345678901234567890123,0.0,0.1]'],
  ['"5.0 and 1234567890123456789"', '"5.0 and 1234567890123456789"'],
  ['{"5.0": "9007199254740993", "x": 9007199254740993}', '{"5.0":"9007199254740993","x":9007199254740993}'],
  ['["\\u0000number 5.0", 5.0]', '["\\u0000number 5.0",5.0]'],
  ['["\\\\u0000number 5.0", 5.0]', '["\\\\u0000number 5.0",5.0]'],
  ['{"__proto__": 5.0, "constructor": {"__proto__": 1e3}}', '{"__proto__":5.0,"constructor":{"__proto__":1000.0}}'],
  ['["a\\"5.0", 5.0]', '["a\\"5.0",5.0]'],
])('keeps the numbers of %s', (text, expected) => {
  expect(stringify(parseJson(text))).toBe(expected);
});

it.each(['{"a": 5.0,}', '[5.0', '5.', '01.0', '{"a": 1.0e}', '', '["\t", 1.0]'])('refuses %j', (text) => {
  expect(() => parseJson(text)).toThrow(SyntaxError);
});

it('reads what JSON.parse reads, but for kinds of numbers', () => {
  const number = fc.oneof(
    fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toExponential()),
    fc.integer().map((value) => `${value}.0`),
  );
  const { document } = fc.letrec<{ readonly document: string }>((tie) => ({
    document: fc.oneof(
      { maxDepth: 3 },
      number,
      fc.string({ unit: 'binary' }).map((text) => JSON.stringify(text)),
      fc.array(tie('document'), { maxLength: 4 }).map((items) => `[${items.join(', ')}]`),
      fc.dictionary(fc.string(), tie('document'), { maxKeys: 4 }).map(
        (object) =>
          `{${Object.entries(object)
            .map(([name, item]) => `${JSON.stringify(name)}: ${item}`)
            .join(',')}}`,
      ),
    ),
  }));
  fc.assert(
    fc.property(document, (text) => {
      expect(JSON.parse(stringify(parseJson(text)))).toEqual(JSON.parse(text));
    }),
    { seed: 5, numRuns: 2000 },
  );
});
