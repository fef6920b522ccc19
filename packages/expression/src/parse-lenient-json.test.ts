import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseLenientJson } from './parse-lenient-json.ts';
import { stringify } from './values.ts';

it.each([
  ['{"a":"x\ny\t"}', '{"a":"x\\ny\\t"}'],
  ["{'a':'it\\'s \"q\"'}", '{"a":"it\'s \\"q\\""}'],
  ['{a:1, b_2: [1,2,],}', '{"a":1,"b_2":[1,2]}'],
  ['/* c */ {"a":1} // end', '{"a":1}'],
  ['{"a": "http://x.y/*z*/", /* , } */ }', '{"a":"http://x.y/*z*/"}'],
  ["{'a': 5.0, 'b': 9007199254740993}", '{"a":5.0,"b":9007199254740993}'],
  ["{__proto__: 'x'}", '{"__proto__":"x"}'],
])('reads %j', (text, expected) => {
  expect(stringify(parseLenientJson(text))).toBe(expected);
});

it.each([
  '',
  'abc',
  '{',
  '{a}',
  "{'a':1",
  '[1,,2]',
  '{"a":}',
  '"open',
  "'open",
  '/* open',
  '{"a":tru}',
  '{"a" 1}',
  '1 2',
])('refuses %j with what is wrong with the text as it is', (text) => {
  expect(() => parseLenientJson(text)).toThrow(SyntaxError);
});

it.each(['/* ', '// ', ',', ', ', '"\\"', "'", 'a ', '[', '{a:', '\\'])(
  'refuses a long run of %j in linear time',
  (part) => {
    expect(() => parseLenientJson(part.repeat(200_000))).toThrow(SyntaxError);
  },
);

it('reads or refuses any text, and JSON as JSON', () => {
  const part = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    ',',
    ':',
    '"',
    "'",
    'a',
    '1',
    '5.0',
    '/*',
    '*/',
    '//',
    '\n',
    '\\',
    ' ',
    'null',
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 14 }), fc.jsonValue(), (parts, value) => {
      try {
        parseLenientJson(parts.join(''));
      } catch (error) {
        expect(error).toBeInstanceOf(SyntaxError);
      }
      const text = JSON.stringify(value);
      expect(JSON.parse(stringify(parseLenientJson(text)))).toEqual(JSON.parse(text));
    }),
    { seed: 9, numRuns: 5000 },
  );
});
