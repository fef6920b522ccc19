import { expect, it } from 'vitest';
import type { JsonValue } from '../model.ts';
import { inferSchema } from './infer-schema.ts';
import { toJsonSchema } from './json-schema.ts';

const model = { schemas: new Map() };

it.each<[string, readonly JsonValue[], JsonValue]>([
  ['nothing', [], {}],
  ['a whole number', [1], { type: 'integer' }],
  ['numbers, one with a fraction', [1, 1.5], { type: 'number' }],
  ['a truth value', [false], { type: 'boolean' }],
  ['text', ['one'], { type: 'string' }],
  ['null only', [null], {}],
  ['text or null', ['one', null], { type: ['string', 'null'] }],
  [
    'samples of several kinds',
    [1, 'one', true],
    { anyOf: [{ type: 'integer' }, { type: 'string' }, { type: 'boolean' }] },
  ],
  ['an empty array', [[]], { type: 'array', items: {} }],
  [
    'items that differ',
    [[1, 2.5], ['x']],
    { type: 'array', items: { anyOf: [{ type: 'number' }, { type: 'string' }] } },
  ],
  ['an instant', ['2026-01-31T12:00:00Z', '2026-01-31T12:00:00.5+01:00'], { type: 'string', format: 'date-time' }],
  ['an instant without a zone', ['2026-01-31T12:00:00'], { type: 'string' }],
  ['a day that exists', ['2026-01-31'], { type: 'string', format: 'date' }],
  ['a day that does not', ['2026-13-31'], { type: 'string' }],
  ['a UUID', ['11111111-1111-4111-8111-111111111111'], { type: 'string', format: 'uuid' }],
  ['an address', ['https://example.com/a?b=c'], { type: 'string', format: 'uri' }],
  ['a mailbox', ['ada@example.com'], { type: 'string', format: 'email' }],
  ['a format that one sample lacks', ['ada@example.com', ''], { type: 'string' }],
])('infers %s', (_, samples, expected) => {
  expect(toJsonSchema(model, inferSchema(samples))).toEqual(expected);
});

it('unites the members of all samples and requires those that every sample has', () => {
  const schema = inferSchema(
    [
      { id: 1, tags: ['a'] },
      { id: 2, name: null },
      { id: 3, name: 'x' },
    ],
    'in-all',
  );
  expect(toJsonSchema(model, schema)).toEqual({
    type: 'object',
    properties: {
      id: { type: 'integer', title: 'id' },
      tags: { type: 'array', items: { type: 'string' }, title: 'tags' },
      name: { type: ['string', 'null'], title: 'name' },
    },
    required: ['id'],
  });
});

it('takes an object whose members are named by identifiers for a map', () => {
  expect(toJsonSchema(model, inferSchema([{ 101: { title: 'A' }, 102: { title: 'B', year: 1999 } }]))).toEqual({
    type: 'object',
    properties: {},
    additionalProperties: {
      type: 'object',
      properties: { title: { type: 'string', title: 'title' }, year: { type: 'integer', title: 'year' } },
    },
  });
});

it('keeps members that are called like those of every object', () => {
  const schema = inferSchema([JSON.parse('{"__proto__": 1, "constructor": "x"}') as JsonValue]);
  expect(schema.kind === 'object' && [...schema.properties.keys()]).toEqual(['__proto__', 'constructor']);
});

it('stops at a depth and a number of values that nobody samples', () => {
  let deep: JsonValue = 'end';
  for (let level = 0; level < 400; level += 1) deep = [deep];
  let schema = inferSchema([deep]);
  let levels = 0;
  for (; schema.kind === 'array'; levels += 1) schema = schema.items;
  expect([levels, schema]).toEqual([41, { kind: 'any' }]);
});
