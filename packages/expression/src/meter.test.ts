import { expect, it } from 'vitest';
import { compile } from './compile.ts';
import type { JsonValue, Value } from './contract.ts';
import { ExpressionError } from './errors.ts';
import { Meter } from './meter.ts';
import { scopeFromInputs } from './scope-from-inputs.ts';

function evaluate(template: string, parameters: { readonly [name: string]: Value }): Value {
  // A scope takes any value, not only JSON.
  return compile(template)(scopeFromInputs({ parameters } as JsonValue));
}

function failureOf(template: string, parameters: { readonly [name: string]: Value }): string {
  try {
    evaluate(template, parameters);
    return 'no failure';
  } catch (error) {
    if (error instanceof ExpressionError) return `${error.code} ${error.reason}: ${error.message}`;
    throw error;
  }
}

const megabytes = (count: number): string => 'x'.repeat(count * 1_000_000);
const numbers = Array.from({ length: 100_000 }, (_, index) => index);
const objects = numbers.map((id) => ({ id, tags: ['a', id % 7] }));

/** Each level holds the one below twice: small in memory, endless as a text. */
function doubling(levels: number): Value {
  let value: Value = ['leaf'];
  for (let level = 0; level < levels; level += 1) value = [value, value];
  return value;
}

function nested(levels: number): Value {
  let value: Value = [];
  for (let level = 0; level < levels; level += 1) value = [value];
  return value;
}

it.each<[string, string, { readonly [name: string]: Value }]>([
  ["@concat(parameters('a'), parameters('a'), parameters('a'))", 'argument-invalid', { a: megabytes(50) }],
  ["@{parameters('a')}@{parameters('a')}@{parameters('a')}", 'limit-exceeded', { a: megabytes(50) }],
  ["@replace(parameters('a'), 'x', 'yyyyyyyyyyyyyyyyyyyyyyyyy')", 'argument-invalid', { a: megabytes(20) }],
  ["@join(createArray(parameters('a'), parameters('a')), parameters('a'))", 'argument-invalid', { a: megabytes(40) }],
  ["@split(parameters('a'), 'x')", 'argument-invalid', { a: megabytes(2) }],
  ["@chunk(parameters('a'), 1)", 'argument-invalid', { a: megabytes(2) }],
  ["@union(parameters('a'), parameters('a'))", 'argument-invalid', { a: Array.from({ length: 600_000 }, () => 1) }],
  ["@string(parameters('a'))", 'limit-exceeded', { a: doubling(60) }],
  ["@concat('', parameters('a'))", 'limit-exceeded', { a: doubling(60) }],
  ["@{parameters('a')}", 'limit-exceeded', { a: doubling(60) }],
  ["@equals(parameters('a'), parameters('b'))", 'limit-exceeded', { a: doubling(60), b: doubling(60) }],
  ["@contains(createArray(parameters('a')), parameters('b'))", 'limit-exceeded', { a: doubling(60), b: doubling(60) }],
  ["@string(parameters('a'))", 'limit-exceeded', { a: nested(200_000) }],
  ["@equals(parameters('a'), parameters('b'))", 'limit-exceeded', { a: nested(200_000), b: nested(200_000) }],
  ["@base64(parameters('a'))", 'argument-invalid', { a: megabytes(80) }],
  ["@base64(parameters('a'))", 'limit-exceeded', { a: { b: doubling(60) } }],
  ["@binary(parameters('a'))", 'limit-exceeded', { a: doubling(60) }],
  ["@dataUri(parameters('a'))", 'limit-exceeded', { a: doubling(60) }],
  ["@uriComponent(parameters('a'))", 'limit-exceeded', { a: doubling(60) }],
  ["@uriComponent(parameters('a'))", 'argument-invalid', { a: '%'.repeat(40_000_000) }],
  ["@encodeXmlValue(parameters('a'))", 'argument-invalid', { a: '<'.repeat(30_000_000) }],
  ["@encodeXmlName(parameters('a'))", 'argument-invalid', { a: ' '.repeat(1_000_001) }],
  ["@xml(parameters('a'))", 'limit-exceeded', { a: { b: { c: doubling(60) } } }],
  ["@xml(parameters('a'))", 'argument-invalid', { a: { b: { [megabytes(1)]: numbers } } }],
  ["@contains(parameters('a'), parameters('b'))", 'limit-exceeded', { a: {}, b: doubling(60) }],
  ["@json(parameters('a'))", 'argument-invalid', { a: `[${'{},'.repeat(10_000_000)}1]` }],
])('bounds %s', (template, reason, parameters) => {
  expect(failureOf(template, parameters)).toMatch(new RegExp(`^InvalidTemplate ${reason}: `));
});

it('stops an expression of which every call alone is within bounds', () => {
  const big = megabytes(20);
  const call = "length(replace(parameters('a'), 'x', 'y'))";
  expect(failureOf(`@createArray(${Array.from({ length: 150 }, () => call).join(',')})`, { a: big })).toBe(
    'InvalidTemplate limit-exceeded: The evaluation of the expression was stopped because it takes too long. Split it up, or give it less to work on.',
  );
  expect(evaluate(`@${call}`, { a: big })).toBe(20_000_000);
});

it('begins every evaluation with a fresh meter', () => {
  const template = compile("@length(parameters('a'))");
  const scope = scopeFromInputs({ parameters: { a: megabytes(50) } });
  expect(Array.from({ length: 60 }, () => template(scope))).toEqual(Array.from({ length: 60 }, () => 50_000_000));
  const length = "length(parameters('a'))";
  expect(
    failureOf(`@createArray(${Array.from({ length: 60 }, () => length).join(',')})`, { a: megabytes(50) }),
  ).toMatch(/^InvalidTemplate limit-exceeded: /);
});

it('stops an evaluation by the clock as well', () => {
  let now = 1000;
  const meter = new Meter(() => now);
  meter.begin();
  meter.charge(2 ** 20);
  now += 4999;
  meter.charge(2 ** 20);
  now += 2;
  expect(() => meter.charge(2 ** 20)).toThrow(ExpressionError);
});

it.each<[string, Value]>([
  ["@length(union(parameters('n'), reverse(parameters('n'))))", 100_000],
  ["@length(intersection(parameters('n'), reverse(parameters('n'))))", 100_000],
  ["@length(union(parameters('o'), parameters('o')))", 100_000],
  ["@length(intersection(parameters('o'), parameters('o')))", 100_000],
  ["@first(sort(reverse(parameters('o')), 'id'))['id']", 0],
  ["@equals(parameters('o'), json(string(parameters('o'))))", true],
  ["@contains(parameters('o'), last(parameters('o')))", true],
  ["@length(skip(take(parameters('n'), 99999), 1))", 99_998],
  ["@length(join(parameters('n'), ','))", 588_889],
])('goes through 100,000 items once with %s', (template, expected) => {
  // Pair by pair it would be 10^10 comparisons, which the meter stops.
  expect(evaluate(template, { n: numbers, o: objects })).toEqual(expected);
});

const wide = `<r>${'<a><b>1</b></a>'.repeat(20_000)}</r>`;

it.each([
  ['//a[//a[//a[count(//b) > 0]]]', 'limit-exceeded'],
  [`${'('.repeat(200)}1${')'.repeat(200)}`, 'argument-invalid'],
  [`${'1+'.repeat(5000)}1`, 'argument-invalid'],
  [`${'a|'.repeat(3000)}a`, 'argument-invalid'],
  [`1${' '.repeat(20_000)}`, 'argument-invalid'],
])('stops the XPath number %# by its size', (expression, reason) => {
  const failure = failureOf("@xpath(parameters('x'), parameters('e'))", { x: wide, e: expression });
  expect(failure).toMatch(new RegExp(`^InvalidTemplate ${reason}: `));
});

const deep = `<r>${'<a>'.repeat(400)}${megabytes(1)}<b/>y${'</a>'.repeat(400)}</r>`;
const prefixed = `<r ${numbers
  .slice(0, 2000)
  .map((id) => `xmlns:p${id}="urn:${id}"`)
  .join(' ')}>${'<a/>'.repeat(1000)}</r>`;

it.each([
  ['//*', deep],
  ['//a = //b', deep],
  ['//a < //b', deep],
  [`concat(${Array.from({ length: 200 }, () => '/').join(',')})`, deep],
  ['//namespace::*', prefixed],
])('keeps no more than it may of %s', (expression, text) => {
  const failure = failureOf("@xpath(parameters('x'), parameters('e'))", { x: text, e: expression });
  expect(failure).toMatch(/^InvalidTemplate argument-invalid: .* more than /);
});

it.each([
  '//a/b = //a/b',
  'count(//b/ancestor::r)',
  'count(//a[last()])',
  'count(//a | //b)',
  'string-length(string(/))',
  'sum(//b)',
])('evaluates %s over 20,000 elements', (expression) => {
  expect(failureOf("@xpath(parameters('x'), parameters('e'))", { x: wide, e: expression })).toBe('no failure');
});

it.each([
  ['an entity bomb', '<!DOCTYPE a [<!ENTITY x "xxxxxxxxxx"><!ENTITY y "&x;&x;&x;&x;">]><a>&y;</a>'],
  ['an outside entity', '<!DOCTYPE a SYSTEM "http://example.com/a.dtd"><a/>'],
  ['deep nesting', `${'<a>'.repeat(100_000)}${'</a>'.repeat(100_000)}`],
  ['too much text', `<a>${' '.repeat(20_000_001)}</a>`],
  ['too many nodes', `<a>${'<b/>'.repeat(1_000_001)}</a>`],
])('refuses XML with %s', (_, text) => {
  expect(failureOf("@json(parameters('x'))", { x: text })).toMatch(/^InvalidTemplate argument-invalid: /);
});

it('refuses JSON that nests too deep, also JSON in JSON', () => {
  const text = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  expect(failureOf("@json(parameters('x'))", { x: text })).toMatch(/^InvalidTemplate argument-invalid: .*nests deeper/);
  expect(failureOf("@json(string(json(parameters('x'))))", { x: JSON.stringify(text) })).toMatch(
    /^InvalidTemplate argument-invalid: .*nests deeper/,
  );
});

it('does not let those who compile wait for what is constant', { timeout: 60_000 }, () => {
  const bomb = `@xpath('<r>${'<a><b/></a>'.repeat(150)}</r>', '//a[//a[//a[count(//b) > 0]]]')`;
  // Were each evaluated for as long as an evaluation may take, it would be minutes.
  expect(Array.from({ length: 100 }, () => compile(bomb).isConstant)).not.toContain(true);
});

it('stays spent, for whoever goes on after it has run out', () => {
  const meter = new Meter();
  meter.begin(100);
  meter.charge(100);
  expect(() => meter.charge(1)).toThrow('takes too long');
  expect(() => meter.charge(1)).toThrow('takes too long');
  meter.begin(100);
  meter.charge(100);
});
