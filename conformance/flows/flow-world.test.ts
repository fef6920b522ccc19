import type { JsonValue } from '@patchbay/expression';
import { expect, it } from 'vitest';
import { inferFlowShapes } from './flow-shapes.ts';
import { createFlowWorld } from './flow-world.ts';
import type { Variant } from './generate-data.ts';

function worldOf(definition: JsonValue, variant: Variant = 'matching') {
  const file = { definition, parameters: {}, connectionReferences: {}, kind: 'Stateful' as const };
  return createFlowWorld(file, inferFlowShapes(definition, 'manual'), variant);
}

function bodyFor(actions: JsonValue, trigger: JsonValue = {}, variant: Variant = 'matching'): JsonValue | undefined {
  const triggers = { manual: { type: 'Request', ...(trigger as object) } };
  return worldOf({ triggers, actions }, variant).triggerOutputs['body'];
}

const compose = (inputs: JsonValue): JsonValue => ({ A: { type: 'Compose', inputs } });

it.each<readonly [string, JsonValue]>([
  ["@triggerBody()?['a']?['b']", { a: { b: 'text' } }],
  ["@triggerOutputs()?['body/a/b']", { a: { b: 'text' } }],
  ["@triggerOutputs()?['Body']?['a']", { a: 'text' }],
  ['@trigger().outputs.body.a', { a: 'text' }],
  ['from @{triggerBody().a} to @{triggerBody().b}', { a: 'text', b: 'text' }],
  ["@first(triggerBody()?['list'])?['a']", { list: [{ a: 'text' }, { a: 'text' }] }],
  ["@triggerBody()['list'][2]['a']", { list: [{ a: 'text' }, { a: 'text' }, { a: 'text' }] }],
  ["@addDays(triggerBody()['when'], triggerBody()['days'])", { when: '2026-01-31T12:00:00Z', days: 1 }],
  ["@add(triggerBody()?['n'], 1)", { n: 1 }],
  ["@int(triggerBody()?['n'])", { n: '1' }],
  ["@json(triggerBody()?['text'])['a']", { text: '{"a":"text"}' }],
  ["@json(decodeBase64(triggerBody()['token']))['key']", { token: Buffer.from('{"key":"text"}').toString('base64') }],
  ["@split(triggerBody()['path'], '/')[3]", { path: 'text/text/text/text' }],
  ["@substring(triggerBody()['a'], 0, 8)", { a: 'textxxxx' }],
  ["@last(skip(split(triggerBody()['a'], '-'), 2))", { a: 'text-text-text' }],
  ["@if(equals(triggerBody()?['a'], 'yes'), 1, 2)", { a: 'yes' }],
  ["@if(startsWith(triggerBody()?['a'], 'Bearer '), 1, 2)", { a: 'Bearer text' }],
  ["@greater(triggerBody()?['a'], 5)", { a: 6 }],
  ["@less(ticks(triggerBody()?['a']), ticks(utcNow()))", { a: '2026-01-31T12:00:00Z' }],
  ["@setProperty(triggerBody()['a'], 'b', 1)?['c']", { a: { c: 'text' } }],
  ["@if(triggerBody()?['flag'], 'a', 'b')", { flag: true }],
  ["@split(split(triggerBody()['a'], '/id/')[1], '-')[1]", { a: 'text-text/id/text-text' }],
  [
    "@if(equals(split(triggerBody()['a'], '/')[2], split(triggerBody()['a'], '--')[1]), 1, 2)",
    { a: 'text--text/text/text' },
  ],
  ["@convertFromUtc(concat(triggerBody()['a'], 'Z'), 'UTC')", { a: '2026-01-31T12:00:00' }],
  ["@json(string(triggerBody()['a']))['b']", { a: { b: 'text' } }],
  ["@json(xml(triggerBody()['a']))['b']['c']?['@d']", { a: '<b><c d="text"></c></b>' }],
  ["@json(xml(triggerBody()['a']))['n:b']['c'][1]", { a: '<n:b xmlns:n="urn:n"><c>text</c><c>text</c></n:b>' }],
  ["@xpath(xml(triggerBody()['a']), '/root/item')", { a: '<root><item id="1">text</item></root>' }],
  ["@concat('[', json(triggerBody()['a']), ']')", { a: '{}' }],
  ["@triggerBody()['list'][triggerBody()['key']]", { list: { text: 'text' }, key: 'text' }],
  ["@contains(triggerBody()['a'], 'word')", { a: 'text word' }],
  ["@if(contains(triggerBody()['a'], 'word'), triggerBody()['a']['b'], '')", { a: { b: 'text', word: 'text' } }],
  ["@coalesce(triggerBody()?['a'], triggerBody()?['b'])?['c']", { a: { c: 'text' }, b: { c: 'text' } }],
])('makes a body for %s', (expression, expected) => {
  expect(bodyFor(compose(expression))).toEqual(expected);
});

it.each<readonly [string, JsonValue, JsonValue]>([
  [
    'a loop over it',
    { Each: { type: 'Foreach', foreach: '@triggerBody()', actions: compose("@items('Each')?['a']") } },
    [{ a: 'text' }, { a: 'text' }],
  ],
  [
    'a filter over it, and what is done with what is left',
    {
      Some: { type: 'Query', inputs: { from: "@triggerBody()?['list']", where: "@equals(item()?['kind'], 'x')" } },
      B: { type: 'Compose', inputs: "@first(body('Some'))['name']" },
    },
    {
      list: [
        { kind: 'x', name: 'text' },
        { kind: 'x', name: 'text' },
      ],
    },
  ],
  [
    'a schema that it is parsed by',
    {
      Parse: {
        type: 'ParseJson',
        inputs: {
          content: '@triggerBody()',
          schema: {
            type: 'object',
            properties: { n: { type: ['integer', 'null'] }, on: { type: 'string', format: 'date-time' } },
          },
        },
      },
    },
    { n: 1, on: '2026-01-31T12:00:00Z' },
  ],
  [
    'a variable that it becomes',
    {
      V: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'v', type: 'string', value: '@triggerBody()' }] },
      },
      B: { type: 'Compose', inputs: "@json(variables('V'))['a']" },
    },
    '{"a":"text"}',
  ],
  [
    'the conditions of an If',
    {
      If: {
        type: 'If',
        expression: {
          and: [{ equals: ["@triggerBody()?['a']", 3] }, { not: { contains: ["@triggerBody()?['b']", 'c'] } }],
        },
      },
    },
    { a: 3, b: 'text c' },
  ],
  [
    'what a variable is given, and what is a text by itself',
    {
      V: { type: 'InitializeVariable', inputs: { variables: [{ name: 'v', type: 'string', value: 'word,' }] } },
      W: {
        type: 'InitializeVariable',
        inputs: { variables: [{ name: 'w', type: 'string', value: "@{triggerBody()?['a']}" }] },
      },
      B: { type: 'Compose', inputs: "@substring(variables('w'), indexOf(variables('w'), variables('v')))" },
    },
    { a: 'text word,' },
  ],
  [
    'a name that is looked up in what is written out',
    {
      C: { type: 'Compose', inputs: { low: 1, high: 2 } },
      B: { type: 'Compose', inputs: "@outputs('C')[triggerBody()['level']]" },
    },
    { level: 'low' },
  ],
  ['the cases of a Switch', { S: { type: 'Switch', expression: '@triggerBody()', cases: { X: { case: 'x' } } } }, 'x'],
  [
    'what is read of a loop from outside',
    {
      Each: { type: 'Foreach', foreach: '@triggerBody()', actions: compose("@items('Each')") },
      B: { type: 'Compose', inputs: "@first(outputs('A'))['n']" },
    },
    [{ n: 'text' }, { n: 'text' }],
  ],
])('makes a body for %s', (_what, actions, expected) => {
  expect(bodyFor(actions)).toEqual(expected);
});

it('makes other data where the flow compares', () => {
  const actions = compose(
    "@if(equals(triggerBody()?['a'], 'yes'), triggerBody()?['flag'], equals(triggerBody()?['n'], 7))",
  );
  expect(bodyFor(actions, {}, 'other')).toEqual({ a: 'text', flag: false, n: 1 });
});

it('makes a list for a trigger that splits, and data of its schema', () => {
  const schema = {
    type: 'object',
    properties: { value: { type: 'array', items: { type: 'object', properties: { id: { type: 'integer' } } } } },
  };
  const trigger = { inputs: { schema }, splitOn: "@triggerBody()?['value']" };
  const item = { id: 1, name: 'text' };
  expect(bodyFor(compose("@triggerBody()?['name']"), trigger)).toEqual({ value: [item, item] });
});

it('comes to an end where data is part of other data in many ways', () => {
  const names = Array.from({ length: 12 }, (_, index) => `v${index}`);
  const set = (from: string, to: string) => ({
    type: 'SetVariable',
    inputs: { name: to, value: `@variables('${from}')?['${to}']` },
  });
  const actions = {
    First: {
      type: 'InitializeVariable',
      inputs: { variables: [{ name: 'v0', type: 'object', value: '@triggerBody()' }] },
    },
    ...Object.fromEntries(names.flatMap((from) => names.map((to) => [`${from} ${to}`, set(from, to)]))),
  };
  expect(Object.keys(bodyFor(actions) as object)).toEqual(names.slice(1));
});

it('comes to an end where data contains itself', () => {
  const actions = {
    V: { type: 'InitializeVariable', inputs: { variables: [{ name: 'v', type: 'object', value: '@triggerBody()' }] } },
    Next: { type: 'SetVariable', inputs: { name: 'v', value: "@variables('v')?['next']" } },
    B: { type: 'Compose', inputs: "@variables('v')?['a']" },
  };
  expect(bodyFor(actions)).toEqual({ a: 'text' });
});

it('answers calls and callbacks, fills parameters, and stands for what is not there', async () => {
  const world = worldOf({
    parameters: {
      count: { type: 'int' },
      given: { type: 'string', defaultValue: 'x' },
      open: { type: 'string', defaultValue: '' },
    },
    triggers: { manual: { type: 'Request' } },
    actions: {
      Ask: { type: 'Http', inputs: { method: 'GET', uri: "@concat(parameters('elsewhere'), appsetting('Some-Url'))" } },
      Wait: { type: 'HttpWebhook', inputs: {} },
      Map: { type: 'Xslt', inputs: {} },
      Child: { type: 'Workflow', inputs: { host: { workflow: { id: '/a/b/child' } } } },
      Read: {
        type: 'Compose',
        inputs: [
          "@equals(outputs('Ask')['statusCode'], 201)",
          "@body('Ask')?['a']",
          "@body('Wait')?['b']",
          "@body('Map')?['c']",
          "@body('Child')?['d']",
        ],
      },
    },
  });
  const context = { action: 'Ask' } as Parameters<typeof world.invoker.invoke>[1];
  const invocation = { kind: 'http', method: 'GET', uri: 'https://a.test/', queries: {}, headers: {} } as const;
  expect({
    answer: await world.invoker.invoke(invocation, context),
    callback: world.callbacks['Wait']?.[0],
    mocks: world.mocks,
    parameters: world.parameters,
    appSettings: world.appSettings,
    child: (await world.findFlow('child')).parameters,
  }).toEqual({
    answer: { statusCode: 201, headers: {}, body: { a: 'text' } },
    callback: { headers: {}, body: { b: 'text' } },
    mocks: { Map: { status: 'Succeeded', outputs: { body: { c: 'text' } } } },
    parameters: { count: 1, given: 'x', open: 'text', elsewhere: 'text' },
    appSettings: { 'Some-Url': 'text' },
    child: { answer: { headers: {}, body: { d: 'text' } } },
  });
});
