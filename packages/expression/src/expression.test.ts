import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compile, compileValue } from './compile.ts';
import { contentToValue, valueToContent } from './content.ts';
import type { JsonValue, Value } from './contract.ts';
import { ExpressionError } from './errors.ts';
import { parseJson } from './parse-json.ts';
import { parseTemplate } from './parser.ts';
import { scopeFromInputs } from './scope-from-inputs.ts';
import { stringify } from './values.ts';

const inputs: JsonValue = {
  parameters: { text: 'hello', number: 5, none: null, list: [1, 2, 3], object: { a: 1 } },
  actions: {
    Call: {
      outputs: { statusCode: 200, headers: { 'Content-Type': 'text/plain' }, body: { value: [{ id: 1 }], n: null } },
    },
  },
  trigger: { outputs: { body: { name: 'Ada', nested: { deep: true } }, headers: { 'X-Id': '7' } } },
  variables: { count: 3 },
  now: '2026-11-24T12:00:00Z',
};

function evaluate(template: string): Value {
  return compile(template)(scopeFromInputs(inputs));
}

function failureOf(template: string): string {
  try {
    return `no failure: ${stringify(evaluate(template))}`;
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.reason}: ${error.message}`;
    throw error;
  }
}

it.each<[string, Value]>([
  ['plain', 'plain'],
  ['user@example.com', 'user@example.com'],
  ['@', '@'],
  [' @', ' @'],
  ['@@escaped', '@escaped'],
  ['@@{escaped}', '@{escaped}'],
  ['a @@{b} @{1}', 'a @{b} 1'],
  ["@parameters('list')", [1, 2, 3]],
  ["@{parameters('list')}", '[1,2,3]'],
  ["@{parameters('none')}", ''],
  ['@{equals(1,1)}', 'True'],
  ["x@{concat('}', '''')}y", "x}'y"],
  ["@concat('a',\n\t 'b' )", 'ab'],
  ['@NULL', null],
  ['@True', true],
  ['@true()', true],
  ['@-12', -12],
  ["@TOUPPER('a')", 'A'],
])('evaluates %j', (template, expected) => {
  expect(evaluate(template)).toEqual(expected);
});

it.each<[string, Value]>([
  ["@body('Call')['value'][0]['id']", 1],
  ["@body('Call')?['missing']?['deeper']", null],
  ["@outputs('Call')?['body/value']", [{ id: 1 }]],
  ["@outputs('Call')?['body/value/0/id']", 1],
  ["@outputs('Call')?['body/missing/x']", null],
  ["@outputs('Call')['headers']['content-type']", 'text/plain'],
  ["@triggerOutputs()?['headers/x-id']", '7'],
  ["@outputs('Call')?['Body']?['value'][0].id", 1],
  ["@outputs('Call').StatusCode", 200],
  ["@triggerOutputs()?['Body/name']", 'Ada'],
  ["@trigger()['outputs']?['Headers']?['X-ID']", '7'],
  ["@outputs('Call')?['Body']?['Value']", null],
  ['@triggerBody().nested.deep', true],
  ['@triggerBody()?.nested?.deep', true],
  ["@parameters('list')?[9]", null],
  ["@body('call')?['n']", null],
])('selects with %j', (template, expected) => {
  expect(evaluate(template)).toEqual(expected);
});

it.each([
  [
    "@triggerBody()['nme']",
    "property-missing: The template language expression 'triggerBody()['nme']' cannot be evaluated because property 'nme' doesn't exist, available properties are 'name, nested'.",
  ],
  [
    "@body('Call')['n']['x']",
    "property-selection: The template language expression 'body('Call')['n']['x']' cannot be evaluated because property 'x' cannot be selected. Property selection is not supported on values of type 'Null'.",
  ],
  [
    "@parameters('text')?['x']",
    "property-selection: The template language expression 'parameters('text')?['x']' cannot be evaluated because property 'x' cannot be selected. Property selection is not supported on values of type 'String'.",
  ],
  [
    "@parameters('list')[3]",
    "property-missing: The template language expression 'parameters('list')[3]' cannot be evaluated because array index '3' is outside bounds (0, 2) of array.",
  ],
  [
    "@parameters('list')['a']",
    "property-selection: The template language expression 'parameters('list')['a']' cannot be evaluated because property 'a' cannot be selected. Array elements can only be selected using an integer index.",
  ],
  [
    "@parameters('list')[1.0]",
    "property-selection: The template language expression 'parameters('list')[1.0]' cannot be evaluated because property '1' cannot be selected. Array elements can only be selected using an integer index.",
  ],
  [
    "@if('true', 1, 2)",
    "argument-type: The template language function 'if' expects its first parameter to be of type boolean. The provided value is of type 'String'.",
  ],
  [
    "@length(parameters('none'))",
    "argument-type: The template language function 'length' expects its parameter to be an array or a string. The provided value is of type 'Null'.",
  ],
  [
    "@add('1', 2)",
    "argument-type: The template language function 'add' expects its first parameter to be an integer or a decimal number. The provided value is of type 'String'.",
  ],
  [
    "@first('a', 'b')",
    "argument-count: The template language function 'first' expects one parameter, and was given 2.",
  ],
  ["@nope('a')", "function-unknown: The template function 'nope' is not defined or not valid."],
  ['@div(1, 0)', "argument-invalid: Attempt to divide an integral or decimal value by zero in function 'div'."],
  [
    '@concat("a")',
    'syntax: The template language expression \'@concat("a")\' is not valid: a string needs single quotes: write \'text\' instead of "text", at line 1 and column 9.',
  ],
  [
    "@concat('a'",
    "syntax: The template language expression '@concat('a'' is not valid: ')' is expected, and there is the end of the expression, at line 1 and column 12.",
  ],
  [
    "@concat('a') b",
    "syntax: The template language expression '@concat('a') b' is not valid: the end of the expression is expected, and there is 'b', at line 1 and column 14.",
  ],
])('says what is wrong with %j', (template, message) => {
  expect(failureOf(template)).toBe(message);
});

it.each(['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'])(
  'takes %s for an ordinary missing key',
  (name) => {
    for (const base of ['triggerBody()', "parameters('object')", "json('{}')", "outputs('Call')['headers']"]) {
      expect(evaluate(`@${base}?['${name}']`)).toBeNull();
      expect(failureOf(`@${base}['${name}']`)).toMatch(/^property-missing: /);
    }
    expect(evaluate(`@contains(parameters('object'), '${name}')`)).toBe(false);
    expect(stringify(evaluate(`@setProperty(json('{}'), '${name}', 1)`))).toBe(`{"${name}":1}`);
    expect(failureOf(`@${name}('x')`)).toMatch(/^function-unknown: /);
  },
);

it('guards with if, and, or and coalesce without evaluating the rest', () => {
  expect(evaluate("@if(empty(parameters('none')), null, length(parameters('none')))")).toBeNull();
  expect(evaluate('@and(false, div(1, 0))')).toBe(false);
  expect(evaluate('@or(true, div(1, 0))')).toBe(true);
  expect(evaluate("@coalesce('', div(1, 0))")).toBe('');
});

it('keeps 64-bit integers and tells floats from integers', () => {
  expect(evaluate("@ticks('2018-01-01T08:00:00Z')")).toBe(636503904000000000n);
  expect(evaluate("@sub(ticks('2018-01-01T08:00:00Z'), ticks('2018-01-01T07:59:59Z'))")).toBe(10_000_000);
  expect([evaluate('@div(11,5)'), evaluate('@div(11,5.0)'), evaluate('@mod(-5,2)')]).toEqual([2, 2.2, -1]);
  expect(stringify(evaluate('@json(\'{"a": 12345678901234567890123, "b": 9007199254740993, "c": 5.0}\')'))).toBe(
    '{"a":12345678901234567890123,"b":9007199254740993,"c":5.0}',
  );
  expect(evaluate("@string(add(decimal('0.1'), decimal('0.2')))")).toBe('0.3');
});

it('compiles every string of a value and the names of members, and leaves constants alone', () => {
  const constant = { a: ['b', { c: 1 }] };
  const compiled = compileValue(constant);
  expect(compiled.isConstant).toBe(true);
  expect(compiled(scopeFromInputs({}))).toBe(constant);
  const dynamic = compileValue({ "@{parameters('text')}!": ["@variables('count')", 'x'] });
  expect(dynamic(scopeFromInputs(inputs))).toEqual({ 'hello!': [3, 'x'] });
  expect(dynamic.references).toEqual([
    { kind: 'parameter', name: 'text' },
    { kind: 'variable', name: 'count' },
  ]);
});

it('reads and writes content by its type', () => {
  const bytes = (text: string): Uint8Array => Buffer.from(text);
  expect(contentToValue('application/json; charset=utf-8', bytes('{"a":1}'))).toEqual({ a: 1 });
  expect(contentToValue('application/problem+json', bytes('[]'))).toEqual([]);
  expect(contentToValue('text/csv', bytes('a,b'))).toBe('a,b');
  expect(contentToValue('application/xml', bytes('<a/>'))).toEqual({
    '$content-type': 'application/xml',
    $content: 'PGEvPg==',
  });
  expect(contentToValue('application/x-www-form-urlencoded', bytes('a=1+2&a=3'))).toMatchObject({
    $formdata: [
      { key: 'a', value: '1 2' },
      { key: 'a', value: '3' },
    ],
  });
  const multipart = '--b\r\nContent-Type: application/json\r\n\r\n{"a":1}\r\n--b\r\n\r\ntext\r\n--b--\r\n';
  expect(contentToValue('multipart/mixed; boundary=b', bytes(multipart))).toMatchObject({
    $multipart: [
      { headers: { 'Content-Type': 'application/json' }, body: { a: 1 } },
      { headers: {}, body: 'text' },
    ],
  });
  const written = valueToContent({ '$content-type': 'image/png', $content: 'AQI=' });
  expect([written?.contentType, Buffer.from(written?.bytes ?? []).toString('hex')]).toEqual(['image/png', '0102']);
  expect(Buffer.from(valueToContent('plain', 'application/json')?.bytes ?? []).toString()).toBe('"plain"');
});

const multipart = (parts: Value, type = 'multipart/form-data'): Value => ({ '$content-type': type, $multipart: parts });

it.each<[string, Value, string | undefined, string | undefined, string]>([
  [
    'parts with their header fields, each with its type unless it is a text',
    multipart([
      {
        headers: { 'Content-Disposition': 'form-data; name="f"; filename="a.txt"' },
        body: { '$content-type': 'text/plain', $content: 'aGk=' },
      },
      { headers: { 'Content-Disposition': 'form-data; name="t"', Left: null }, body: 'text' },
      { headers: { 'Content-Type': 'application/json' }, body: 'a' },
      { body: { a: 1 } },
      {},
    ]),
    'multipart/form-data; boundary=b',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="f"; filename="a.txt"\r\nContent-Type: text/plain\r\n\r\nhi\r\n' +
      '--b\r\nContent-Disposition: form-data; name="t"\r\n\r\ntext\r\n' +
      '--b\r\nContent-Type: application/json\r\n\r\n"a"\r\n' +
      '--b\r\nContent-Type: application/json; charset=utf-8\r\n\r\n{"a":1}\r\n--b\r\n\r\n\r\n--b--\r\n',
  ],
  [
    'a boundary of the value itself',
    multipart([{ body: 'x' }], 'multipart/mixed; boundary="own"'),
    undefined,
    'multipart/mixed; boundary="own"',
    '--own\r\n\r\nx\r\n--own--\r\n',
  ],
  [
    'a line break in a header field as none',
    multipart([{ headers: { 'A\r\nB': 'c\r\n\r\nd' }, body: '' }]),
    'multipart/form-data; boundary=b',
    'multipart/form-data; boundary=b',
    '--b\r\nA B: c d\r\n\r\n\r\n--b--\r\n',
  ],
  [
    'fields of a form',
    {
      '$content-type': 'application/x-www-form-urlencoded',
      $formdata: [
        { key: 'a', value: 'x y&' },
        { key: 'a', value: 2 },
        { key: 'n', value: null },
      ],
    },
    undefined,
    'application/x-www-form-urlencoded',
    'a=x+y%26&a=2&n=',
  ],
  [
    'parts that are none as JSON',
    multipart('x'),
    undefined,
    'application/json; charset=utf-8',
    '{"$content-type":"multipart/form-data","$multipart":"x"}',
  ],
])('writes %s', (_what, value, contentType, type, text) => {
  const written = valueToContent(value, contentType);
  expect([written?.contentType, Buffer.from(written?.bytes ?? []).toString()]).toEqual([type, text]);
});

it('gives the same parts the same boundary, and parts that are read back go out as they came', () => {
  const [first, again] = ['x', 'x'].map((body) => valueToContent(multipart([{ body }]), 'multipart/form-data'));
  expect(first).toEqual(again);
  expect(first?.contentType).toMatch(/^multipart\/form-data; boundary=part-[0-9a-f]{40}$/);
  const received = contentToValue(first?.contentType ?? '', first?.bytes ?? new Uint8Array());
  expect(received).toMatchObject({ $multipart: [{ headers: {}, body: 'x' }] });
  expect(valueToContent(received)).toEqual({ contentType: first?.contentType, bytes: first?.bytes });
});

it('writes JSON that reads back the same', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(JSON.parse(stringify(parseJson(text)))).toEqual(JSON.parse(text));
    }),
  );
});

it('bounds nesting and length', () => {
  expect(failureOf(`@${'concat('.repeat(5000)}1${')'.repeat(5000)}`)).toMatch(/^limit-exceeded: /);
  expect(failureOf(`@${'concat('.repeat(500)}1${')'.repeat(500)}`)).toMatch(
    /^syntax: .*nested deeper than 100 levels/s,
  );
  expect(parseTemplate('x'.repeat(1_000_000)).kind).toBe('literal');
});
