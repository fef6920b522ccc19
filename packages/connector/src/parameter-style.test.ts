import { type JsonValue, readConnector } from '@patchbay/definition';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile } from './compile.ts';
import { ConnectorError } from './errors.ts';

/** What an operation with one parameter binds a value to: the address below the server, or a header. */
function write(parameter: { readonly [name: string]: JsonValue }, value: JsonValue, version = '3.1.1'): string {
  const name = String(parameter['name'] ?? 'color');
  const path = parameter['in'] === 'path' ? `/x/{${name}}` : '/x';
  const responses = { 204: { description: 'Done' } };
  const document = {
    openapi: version,
    info: { title: 'Colours', version: '1' },
    servers: [{ url: 'https://api.test' }],
    paths: { [path]: { get: { operationId: 'Paint', parameters: [{ name, ...parameter }], responses } } },
  };
  const { model, findings } = readConnector({ definition: { name: 'api.json', content: JSON.stringify(document) } });
  expect(findings.filter((one) => one.severity !== 'info')).toEqual([]);
  if (model === undefined) throw new Error('not read');
  const { url, headers } = compile(model)
    .operation('Paint')
    .bind({ [name]: value });
  const place = parameter['in'];
  if (place === 'header') return headers[name.toLowerCase()] ?? 'none';
  return place === 'cookie' ? (headers['cookie'] ?? 'none') : url.slice('https://api.test/x'.length);
}

const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };
const arraySchema = { type: 'array', items: { type: 'string' } };
const objectSchema = { type: 'object', additionalProperties: { type: 'integer' } };

// OpenAPI 3.1.1, Style Examples; commas of lists that Swagger 2.0 can say are encoded as it writes them.
it.each([
  ['path', 'matrix', false, '/;color', '/;color=blue', '/;color=blue,black,brown', '/;color=R,100,G,200,B,150'],
  ['path', 'matrix', true, '/;color', '/;color=blue', '/;color=blue;color=black;color=brown', '/;R=100;G=200;B=150'],
  ['path', 'label', false, undefined, '/.blue', '/.blue,black,brown', '/.R,100,G,200,B,150'],
  ['path', 'label', true, undefined, '/.blue', '/.blue.black.brown', '/.R=100.G=200.B=150'],
  ['path', 'simple', false, undefined, '/blue', '/blue%2Cblack%2Cbrown', '/R,100,G,200,B,150'],
  ['path', 'simple', true, undefined, '/blue', '/blue%2Cblack%2Cbrown', '/R=100,G=200,B=150'],
  ['query', 'form', false, '?color=', '?color=blue', '?color=blue%2Cblack%2Cbrown', '?color=R,100,G,200,B,150'],
  ['query', 'form', true, '?color=', '?color=blue', '?color=blue&color=black&color=brown', '?R=100&G=200&B=150'],
  [
    'query',
    'spaceDelimited',
    false,
    undefined,
    undefined,
    '?color=blue%20black%20brown',
    '?color=R%20100%20G%20200%20B%20150',
  ],
  [
    'query',
    'pipeDelimited',
    false,
    undefined,
    undefined,
    '?color=blue%7Cblack%7Cbrown',
    '?color=R%7C100%7CG%7C200%7CB%7C150',
  ],
  ['query', 'deepObject', true, undefined, undefined, undefined, '?color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
  ['header', 'simple', false, undefined, 'blue', 'blue,black,brown', 'R,100,G,200,B,150'],
  ['header', 'simple', true, undefined, 'blue', 'blue,black,brown', 'R=100,G=200,B=150'],
  ['cookie', 'form', false, 'color=', 'color=blue', 'color=blue,black,brown', 'color=R,100,G,200,B,150'],
  ['cookie', 'form', true, 'color=', 'color=blue', 'color=blue; color=black; color=brown', 'R=100; G=200; B=150'],
  ['cookie', 'cookie', true, 'color=', 'color=blue', 'color=blue; color=black; color=brown', 'R=100; G=200; B=150'],
])('writes values in %s as %s, exploded: %s', (place, style, explode, empty, text, list, members) => {
  const parameter = { in: place, style, explode, required: true };
  const written = {
    empty: empty === undefined ? undefined : write({ ...parameter, schema: { type: 'string' } }, ''),
    text: text === undefined ? undefined : write({ ...parameter, schema: { type: 'string' } }, 'blue'),
    list: list === undefined ? undefined : write({ ...parameter, schema: arraySchema }, array),
    members: write({ ...parameter, schema: objectSchema }, object),
  };
  expect(written).toEqual({ empty, text, list, members });
});

it.each<[string, { readonly [name: string]: JsonValue }, JsonValue, string]>([
  [
    'the usual style where none is stated',
    { in: 'query', schema: arraySchema },
    array,
    '?color=blue&color=black&color=brown',
  ],
  ['a value of any kind by what it is', { in: 'query', schema: {} }, { R: 1 }, '?R=1'],
  ['a list where anything may be', { in: 'query', schema: {}, explode: false }, ['a,b', 'c'], '?color=a%2Cb,c'],
  [
    'a list with an exploded delimiter as pairs',
    { in: 'query', style: 'pipeDelimited', explode: true, schema: arraySchema },
    array,
    '?color=blue&color=black&color=brown',
  ],
  [
    'a list of a shared kind',
    { in: 'query', explode: false, schema: { anyOf: [arraySchema, { type: 'null' }] } },
    array,
    '?color=blue%2Cblack%2Cbrown',
  ],
  ['members that are null as absent', { in: 'query', schema: objectSchema }, { R: 1, G: null }, '?R=1'],
  ['an empty object as nothing', { in: 'query', schema: objectSchema }, {}, ''],
  [
    'nested objects and lists with brackets',
    { in: 'query', style: 'deepObject', explode: true, schema: { type: 'object' } },
    { a: { b: 1 }, c: ['x', { d: 'y' }] },
    '?color%5Ba%5D%5Bb%5D=1&color%5Bc%5D%5B0%5D=x&color%5Bc%5D%5B1%5D%5Bd%5D=y',
  ],
  [
    'a nested member that has no style as JSON',
    { in: 'query', schema: { type: 'object' } },
    { a: { b: 1 } },
    '?a=%7B%22b%22%3A1%7D',
  ],
  [
    'a document',
    { in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
    { a: [1] },
    '?color=%7B%22a%22%3A%5B1%5D%7D',
  ],
  [
    'a document that was written already',
    { in: 'query', content: { 'application/json': { schema: { type: 'object' } } } },
    '{"a":1}',
    '?color=%7B%22a%22%3A1%7D',
  ],
  [
    'a text of another kind',
    { in: 'query', content: { 'text/csv': { schema: { type: 'string' } } } },
    'a,b',
    '?color=a%2Cb',
  ],
  [
    'a document in a path',
    { in: 'path', required: true, content: { 'application/json': { schema: { type: 'object' } } } },
    { a: 1 },
    '/%7B%22a%22%3A1%7D',
  ],
  [
    'a document in a header',
    { in: 'header', content: { 'application/json': { schema: { type: 'object' } } } },
    { a: 1 },
    '{"a":1}',
  ],
  [
    'a document in a cookie',
    { in: 'cookie', content: { 'application/json': { schema: { type: 'object' } } } },
    { a: 1 },
    'color=%7B%22a%22%3A1%7D',
  ],
  [
    'reserved characters as they are',
    { in: 'query', allowReserved: true, schema: { type: 'string' } },
    ":/?[]@!$'()*+,;=",
    "?color=:/?[]@!$'()*+,;=",
  ],
  [
    'what would end a value encoded all the same',
    { in: 'query', allowReserved: true, schema: { type: 'string' } },
    'a&b#c d%20e%',
    '?color=a%26b%23c%20d%20e%25',
  ],
  [
    'reserved characters of a list',
    { in: 'query', allowReserved: true, explode: false, schema: arraySchema },
    ['a/b', 'c:d'],
    '?color=a/b,c:d',
  ],
  [
    'reserved characters in a path',
    { in: 'path', required: true, allowReserved: true, schema: { type: 'string' } },
    'a:b/c?d#e',
    '/a:b%2Fc%3Fd%23e',
  ],
  ['a cookie as it is', { in: 'cookie', style: 'cookie', schema: { type: 'string' } }, 'a%20b=c', 'color=a%20b=c'],
  ['a usual cookie encoded', { in: 'cookie', schema: { type: 'string' } }, 'a;b c', 'color=a%3Bb%20c'],
  ['a name encoded', { in: 'query', name: 'a[b]', schema: { type: 'string' } }, 'x', '?a%5Bb%5D=x'],
  [
    'a number that came as text',
    { in: 'path', required: true, style: 'label', schema: { type: 'integer' } },
    '7',
    '/.7',
  ],
  ['an empty value that is allowed', { in: 'query', allowEmptyValue: true, schema: { type: 'string' } }, '', '?color='],
  ['an empty value that is not allowed as nothing', { in: 'query', schema: { type: 'string' } }, '', ''],
])('writes %s', (_, parameter, value, expected) => {
  expect(write(parameter, value)).toBe(expected);
});

it.each<[string, JsonValue, string]>([
  ['an object', { a: 'b c' }, '?%7B%22a%22%3A%22b%20c%22%7D'],
  ['JSON that was written already', '{"a":1}', '?%7B%22a%22%3A1%7D'],
])('writes %s as the whole query string', (_, value, expected) => {
  const content = { 'application/json': { schema: { type: 'object' } } };
  expect(write({ in: 'querystring', content }, value, '3.2.0')).toBe(expected);
});

it('gives the fields of a form in the query string parameters of their own', () => {
  const content = {
    'application/x-www-form-urlencoded': { schema: { type: 'object', properties: { color: { type: 'array' } } } },
  };
  expect(write({ in: 'querystring', content }, ['a b', 'c'], '3.2.0')).toBe('?color=a%20b&color=c');
});

it.each<[string, { readonly [name: string]: JsonValue }, JsonValue]>([
  ['simple', { schema: { type: 'string' } }, '..'],
  ['simple', { schema: arraySchema }, ['.']],
  ['simple', { schema: arraySchema }, ['a', 'b/../c']],
  ['simple', { schema: {} }, ['x/../../y']],
  ['simple, exploded', { explode: true, schema: objectSchema }, { '../x': 1 }],
  ['label', { style: 'label', schema: { type: 'string' } }, ''],
  ['label', { style: 'label', schema: { type: 'string' } }, '.'],
  ['label', { style: 'label', schema: arraySchema }, ['']],
  ['label, exploded', { style: 'label', explode: true, schema: arraySchema }, ['', '']],
  ['label', { style: 'label', schema: { type: 'string' } }, '/../..'],
  ['label', { style: 'label', schema: { type: 'string' } }, '%2e'],
  ['matrix', { style: 'matrix', schema: { type: 'string' } }, 'a/../../b'],
  ['matrix', { style: 'matrix', schema: { type: 'string' } }, '%252f..%252f'],
  ['matrix, exploded', { style: 'matrix', explode: true, schema: objectSchema }, { 'a/../b': 1 }],
  ['content', { content: { 'text/plain': { schema: { type: 'string' } } } }, '..'],
  ['allowReserved', { allowReserved: true, schema: { type: 'string' } }, '%2e%2e'],
  ['allowReserved', { allowReserved: true, schema: { type: 'string' } }, 'a/../b'],
])('keeps a path below its base whatever is given: %s %j %j', (_, parameter, value) => {
  expect(() => write({ in: 'path', required: true, ...parameter }, value)).toThrow(
    expect.objectContaining({ code: 'path-escapes' }),
  );
});

it.each<[string, { readonly [name: string]: JsonValue }, JsonValue, string]>([
  [
    'an empty list in a path',
    { in: 'path', required: true, style: 'label', schema: arraySchema },
    [],
    'must not be empty',
  ],
  [
    'a word for a number',
    { in: 'path', required: true, style: 'matrix', schema: { type: 'integer' } },
    'x',
    'takes an integer',
  ],
  ['a line break in a header', { in: 'header', schema: objectSchema }, { a: 'b\r\nc: d' }, 'must not hold line breaks'],
  [
    'a semicolon in a cookie',
    { in: 'cookie', style: 'cookie', schema: { type: 'string' } },
    'a; admin=1',
    'must not hold a semicolon',
  ],
])('refuses %s', (_, parameter, value, message) => {
  expect(() => write(parameter, value)).toThrow(ConnectorError);
  expect(() => write(parameter, value)).toThrow(message);
});

it('keeps a path below its base whatever is given, in every style', () => {
  const hostile = fc.constantFrom(
    '.',
    '..',
    '/',
    '../',
    '%2e%2e',
    '%252e',
    '\\',
    ';',
    ',',
    '=',
    '?',
    '#',
    '%2f',
    'a',
    '',
  );
  const text = fc.array(hostile, { maxLength: 4 }).map((parts) => parts.join(''));
  const value = fc.oneof(text, fc.array(text, { maxLength: 3 }), fc.dictionary(text, text, { maxKeys: 3 }));
  const style = fc.record({
    style: fc.constantFrom('simple', 'label', 'matrix'),
    explode: fc.boolean(),
    allowReserved: fc.boolean(),
    schema: fc.constantFrom({}, { type: 'string' }, arraySchema, { type: 'object' }),
  });
  fc.assert(
    fc.property(style, value, (parameter, given) => {
      const written = attempt(() => write({ in: 'path', required: true, ...parameter }, given, '3.2.0'));
      if (written === undefined) return;
      const { pathname, search, hash } = new URL(`https://api.test/x${written}`);
      expect([pathname.split('/').length, pathname.startsWith('/x/'), search, hash]).toEqual([3, true, '', '']);
    }),
    { seed: 7, numRuns: 1000 },
  );
});

/** What comes of work that may be refused; undefined when it is. */
function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch (error) {
    if (error instanceof ConnectorError) return undefined;
    throw error;
  }
}
