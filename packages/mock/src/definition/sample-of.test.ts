import { type JsonObject, type JsonValue, readConnector } from '@patchbay/definition';
import { expect, it } from 'vitest';
import { sampleOf } from './sample-of.ts';

function sample(schema: JsonObject, definitions: JsonObject = {}): JsonValue {
  const responses = { 200: { description: 'ok', schema } };
  const { model } = readConnector({
    definition: {
      name: 'd',
      content: JSON.stringify({
        swagger: '2.0',
        info: { title: 'T', version: '1' },
        definitions,
        paths: { '/': { get: { operationId: 'Get', responses } } },
      }),
    },
  });
  const described = model?.operations[0]?.responses[0]?.schema;
  if (model === undefined || described === undefined) throw new Error('not read');
  return sampleOf(model, described);
}

it.each<[JsonObject, JsonValue]>([
  [{ type: 'string' }, 'text'],
  [{ type: 'string', format: 'date-time' }, '2026-01-31T12:00:00Z'],
  [{ type: 'string', minLength: 6 }, 'textxx'],
  [{ type: 'string', maxLength: 2 }, 'te'],
  [{ type: 'string', enum: ['b', 'a'] }, 'b'],
  [{ type: 'string', example: 'shown', default: 'preset' }, 'shown'],
  [{ type: 'string', default: 'preset' }, 'preset'],
  [{ type: 'integer' }, 1],
  [{ type: 'integer', example: '5' }, 1],
  [{ type: 'integer', minimum: 10 }, 10],
  [{ type: 'integer', minimum: 10, exclusiveMinimum: true }, 11],
  [{ type: 'integer', maximum: -3 }, -3],
  [{ type: 'integer', minimum: 7, multipleOf: 5 }, 10],
  [{ type: 'number' }, 1.5],
  [{ type: 'boolean' }, true],
  [{ type: 'array', items: { type: 'integer' }, minItems: 2 }, [1, 1]],
  [{ type: 'object', default: '' }, {}],
  [
    { type: 'object', properties: { a: { type: 'string' }, b: { type: 'boolean' } } },
    { a: 'text', b: true },
  ],
  [
    {
      allOf: [
        { type: 'object', properties: { a: { type: 'string' } } },
        { type: 'object', properties: { b: { type: 'integer' } } },
      ],
    },
    { a: 'text', b: 1 },
  ],
])('makes of %j %j', (schema, expected) => {
  expect([sample(schema), sample(schema)]).toEqual([expected, expected]);
});

it('ends where a schema contains itself', () => {
  const node = {
    type: 'object',
    properties: {
      next: { $ref: '#/definitions/Node' },
      many: { type: 'array', items: { $ref: '#/definitions/Node' } },
    },
  };
  const depthOf = (value: JsonValue): number =>
    typeof value === 'object' && value !== null
      ? 1 + Math.max(0, ...Object.values(value as JsonObject).map(depthOf))
      : 0;
  expect(depthOf(sample({ $ref: '#/definitions/Node' }, { Node: node }))).toBeLessThan(12);
});

it('ends where a schema must contain itself', () => {
  const node = { type: 'object', required: ['next'], properties: { next: { $ref: '#/definitions/Node' } } };
  expect(JSON.stringify(sample({ $ref: '#/definitions/Node' }, { Node: node })).length).toBeLessThan(1000);
});
