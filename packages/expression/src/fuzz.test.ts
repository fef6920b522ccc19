import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from './compile.ts';
import type { JsonValue, Value } from './contract.ts';
import { ExpressionError } from './errors.ts';
import { functions } from './functions/function-table.ts';
import { parseJson } from './parse-json.ts';
import { parseTemplate } from './parser.ts';
import { scopeFromInputs } from './scope-from-inputs.ts';
import { stringify } from './values.ts';

const options = { seed: 20261125, numRuns: 2000 };

/** Evaluates, folded and not; both come to the same, and nothing is thrown but the language's own errors. */
function evaluate(template: string, parameters: { readonly [name: string]: Value } = {}): Value | ExpressionError {
  const run = (foldsConstants: boolean): Value | ExpressionError => {
    try {
      // A scope takes any value, not only JSON.
      const scope = scopeFromInputs({ parameters, now: '2026-02-28T23:30:15.123Z' } as JsonValue);
      return compile(template, { foldsConstants })(scope);
    } catch (error) {
      if (error instanceof ExpressionError) return error;
      throw error;
    }
  };
  const [folded, unfolded] = [run(true), run(false)];
  if (!/\b(?:rand|guid)\(/i.test(template)) expect(describe(folded)).toBe(describe(unfolded));
  return folded;
}

function describe(result: Value | ExpressionError): string {
  return result instanceof ExpressionError ? `${result.reason}: ${result.message}` : stringify(result);
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

it('parses or refuses any text', () => {
  const fragment = fc.oneof(
    fc.string(),
    fc.constantFrom(
      '@',
      '@{',
      '}',
      '@@',
      '(',
      ')',
      "'",
      '"',
      '[',
      ']',
      '?',
      '.',
      ',',
      'concat',
      '-1',
      '1e5',
      'null',
      '\n',
    ),
  );
  fc.assert(
    fc.property(fc.array(fragment, { maxLength: 12 }), (fragments) => {
      const text = fragments.join('');
      try {
        expect(['literal', 'expression', 'interpolation']).toContain(parseTemplate(text).kind);
      } catch (error) {
        expect(error).toBeInstanceOf(ExpressionError);
      }
    }),
    options,
  );
});

it('leaves texts without an at sign as they are', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      fc.pre(!text.includes('@'));
      expect(evaluate(text)).toBe(text);
    }),
    options,
  );
});

/** Any value: JSON, big integers, floats that are whole, decimals, envelopes. */
const someValue: fc.Arbitrary<Value> = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((value) => parseJson(JSON.stringify(value))),
  fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map((value) => parseJson(value.toString())),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => parseJson(value.toExponential())),
  fc.string({ unit: 'binary' }),
  fc.base64String().map((content): Value => ({ '$content-type': 'application/octet-stream', $content: content })),
  fc.constantFrom<Value>(
    '2026-01-31T10:00:00Z',
    'Pacific Standard Time',
    'Month',
    'yyyy-MM-dd',
    '<a b="c">d</a>',
    'de-DE',
  ),
);

const name = fc.constantFrom(...functions.map((one) => one.name));
const parameter = fc.constantFrom('a', 'b', 'c').map((one) => `parameters('${one}')`);
const literal = fc.oneof(
  fc.integer().map(String),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 }).map((value) => value.toFixed(3)),
  fc.string({ maxLength: 8 }).map(quoted),
  fc.constantFrom('null', 'true', 'false', 'createArray(1,2,3)', 'json(\'{"k":1}\')', 'utcNow()'),
);
const { call } = fc.letrec<{ readonly call: string; readonly argument: string }>((tie) => ({
  argument: fc.oneof({ maxDepth: 4, withCrossShrink: true }, parameter, literal, tie('call')),
  call: fc
    .tuple(name, fc.array(tie('argument'), { maxLength: 4 }), fc.constantFrom('', '', '', "?['k']", '?[0]', "['k']"))
    .map(([fn, given, dereference]) => `${fn}(${given.join(',')})${dereference}`),
}));

it('evaluates any calls over any values, or fails with its own error', { timeout: 120_000 }, () => {
  fc.assert(
    fc.property(call, someValue, someValue, someValue, (expression, a, b, c) => {
      evaluate(`@${expression}`, { a, b, c });
    }),
    { ...options, numRuns: 6000 },
  );
});

it('evaluates each function over any values, or fails with its own error', { timeout: 120_000 }, () => {
  const one = fc.tuple(
    name,
    fc.array(fc.constantFrom("parameters('a')", "parameters('b')", "parameters('c')"), { maxLength: 4 }),
  );
  fc.assert(
    fc.property(one, someValue, someValue, someValue, ([fn, given], a, b, c) => {
      evaluate(`@${fn}(${given.join(',')})`, { a, b, c });
    }),
    { ...options, numRuns: 10_000 },
  );
});

const moment = fc
  .date({ min: new Date('0001-01-02T00:00:00Z'), max: new Date('9999-12-30T00:00:00Z'), noInvalidDate: true })
  .map((date) => date.toISOString());
const locale = fc.constantFrom(
  'en-US',
  'de-DE',
  'fr-FR',
  'ja-JP',
  'ru-RU',
  'ar-EG',
  'hu-HU',
  'is-IS',
  'sw-TZ',
  'zh-TW',
);

it('writes dates by any format, or refuses the format', () => {
  const format = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...'dMyHhmsfFtgKz/:%\\\'"-. T'.split('')), { maxLength: 16 }).map((all) => all.join('')),
  );
  fc.assert(
    fc.property(moment, format, locale, (timestamp, given, tag) => {
      const result = evaluate(`@formatDateTime(${quoted(timestamp)}, ${quoted(given)}, '${tag}')`);
      if (!(result instanceof ExpressionError)) expect(typeof result).toBe('string');
    }),
    options,
  );
});

it('reads back every moment that it writes', () => {
  fc.assert(
    fc.property(
      moment,
      fc.constantFrom('o', 's', 'u', 'R', 'yyyy-MM-dd HH:mm:ss'),
      locale,
      (timestamp, format, tag) => {
        const written = `formatDateTime(${quoted(timestamp)}, '${format}', '${tag}')`;
        const read = evaluate(`@formatDateTime(parseDateTime(${written}, '${tag}', '${format}'), 's')`);
        expect(read).toBe(timestamp.slice(0, 19));
      },
    ),
    options,
  );
});

it('moves by days and back, and over every zone that clocks agree on', () => {
  const zone = fc.constantFrom('Tokyo Standard Time', 'India Standard Time', 'UTC', 'US Mountain Standard Time');
  const recent = fc
    .date({ min: new Date('1980-01-01T00:00:00Z'), max: new Date('2060-01-01T00:00:00Z'), noInvalidDate: true })
    .map((date) => date.toISOString());
  fc.assert(
    fc.property(recent, fc.integer({ min: -10_000, max: 10_000 }), zone, (timestamp, days, tag) => {
      const text = quoted(timestamp);
      expect(evaluate(`@addDays(addDays(${text}, ${days}), ${-days})`)).toBe(`${timestamp.slice(0, -1)}0000Z`);
      expect(evaluate(`@convertToUtc(convertFromUtc(${text}, '${tag}'), '${tag}')`)).toBe(
        `${timestamp.slice(0, -1)}0000Z`,
      );
    }),
    options,
  );
});

it('writes numbers by any format, or refuses the format', () => {
  const format = fc.oneof(
    fc.string(),
    fc.array(fc.constantFrom(...'0#.,%‰eE+-;\'"\\ CDEFGNPRX9'.split('')), { maxLength: 12 }).map((all) => all.join('')),
  );
  const number = fc.oneof(
    fc.integer().map(String),
    fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }).map(String),
    fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value.toExponential()),
  );
  fc.assert(
    fc.property(number, format, locale, (value, given, tag) => {
      const result = evaluate(`@formatNumber(${value}, ${quoted(given)}, '${tag}')`);
      if (!(result instanceof ExpressionError)) expect(typeof result).toBe('string');
    }),
    options,
  );
});

it('writes whole numbers as they are read', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n }), locale, (value, tag) => {
      expect(evaluate(`@formatNumber(${value}, '0', '${tag}')`)).toBe(value.toString());
      expect(evaluate(`@formatNumber(${value}, 'D')`)).toBe(value.toString());
      expect(evaluate(`@string(int('${value}'))`)).toBe(value.toString());
    }),
    options,
  );
});

it('writes JSON as XML and reads it back, texts being texts', () => {
  const key = fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom('a', 'B', '1', ' ', '_', 'é') });
  // White space alone is not kept as text of its own.
  const text = fc.string({ minLength: 1, maxLength: 8, unit: 'grapheme-ascii' }).filter((one) => one.trim() !== '');
  const { node } = fc.letrec<{ readonly node: JsonValue }>((tie) => ({
    node: fc.oneof(
      { maxDepth: 3 },
      text,
      fc.dictionary(key, tie('node'), { minKeys: 1, maxKeys: 3, noNullPrototype: true }),
    ),
  }));
  fc.assert(
    fc.property(node, (value) => {
      const result = evaluate("@json(xml(parameters('a')))", { a: { root: value } });
      const decoded = stringify(result instanceof ExpressionError ? result.message : result).replace(
        /_x([0-9A-F]{4})_/g,
        (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)),
      );
      expect(decoded).toBe(stringify({ root: value } as Value));
    }),
    options,
  );
});

it('reads any XML, or refuses it, and any XPath of it', () => {
  const markup = fc
    .array(
      fc.constantFrom(
        '<a>',
        '</a>',
        '<b x="1">',
        '</b>',
        '<c/>',
        'text',
        '&amp;',
        '&x;',
        '<![CDATA[',
        ']]>',
        '<!--',
        '-->',
        '<?p',
        '?>',
        '<p:d xmlns:p="u"/>',
        ' ',
      ),
      { maxLength: 12 },
    )
    .map((all) => `<r>${all.join('')}</r>`);
  const path = fc
    .array(
      fc.constantFrom(
        '/',
        '//',
        '*',
        '@x',
        'a',
        'b',
        '[',
        ']',
        '1',
        '.',
        '..',
        '|',
        '=',
        'last()',
        'count(',
        ')',
        'text()',
        'and',
        '-',
        "'s'",
        '::',
        'parent',
        'p:d',
      ),
      { maxLength: 8 },
    )
    .map((all) => all.join(''));
  fc.assert(
    fc.property(markup, path, (text, expression) => {
      evaluate("@json(xml(parameters('a')))", { a: text });
      evaluate("@xpath(xml(parameters('a')), parameters('b'))", { a: text, b: expression });
      evaluate("@xpath(xml('<r><a>1</a><b x=\"2\">3</b></r>'), parameters('b'))", { b: expression });
    }),
    options,
  );
});
