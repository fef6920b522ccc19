import { readConnector } from '@patchbay/definition';
import { expect, it } from 'vitest';
import { shapeOf } from './connector-shape.ts';

const definition = {
  swagger: '2.0',
  info: { title: 'Books', version: '1' },
  host: 'api.test',
  basePath: '/v1',
  paths: {
    '/books/{id}': {
      get: {
        operationId: 'GetBook',
        parameters: [
          { name: 'id', in: 'path', required: true, type: 'string' },
          {
            name: 'api-version',
            in: 'query',
            required: true,
            type: 'string',
            default: '1',
            'x-ms-visibility': 'internal',
          },
          { name: 'language', in: 'query', type: 'string' },
        ],
        responses: { 200: { description: 'A book.' } },
      },
    },
    '/books': {
      post: {
        operationId: 'AddBook',
        parameters: [{ name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Book' } }],
        responses: { 200: { description: 'Good.' } },
      },
    },
    '/hooks': {
      'x-ms-notification-content': { schema: { type: 'object' } },
      post: {
        operationId: 'WhenAdded',
        'x-ms-trigger': 'single',
        parameters: [
          {
            name: 'hook',
            in: 'body',
            required: true,
            schema: {
              type: 'object',
              required: ['url', 'shelf'],
              properties: { url: { type: 'string', 'x-ms-notification-url': true }, shelf: { type: 'string' } },
            },
          },
        ],
        responses: { 201: { description: 'Good.' } },
      },
    },
  },
  definitions: {
    Book: {
      type: 'object',
      required: ['title', 'author', 'kind', 'id', 'missing'],
      properties: {
        title: { type: 'string' },
        author: {
          type: 'object',
          required: ['name'],
          properties: { name: { type: 'string' }, 'a/b': { type: 'string' } },
        },
        kind: { type: 'string', default: 'novel' },
        id: { type: 'integer', readOnly: true },
        more: { type: 'object', 'x-ms-dynamic-schema': { operationId: 'GetBook', parameters: {}, 'value-path': 'x' } },
        sequel: { $ref: '#/definitions/Book' },
        tags: { type: 'array', items: { type: 'string' } },
        prices: { type: 'object', properties: { eur: { type: 'number' } }, additionalProperties: { type: 'number' } },
      },
    },
  },
};

function read() {
  const { model } = readConnector({ definition: { name: 'd.json', content: JSON.stringify(definition) } });
  if (model === undefined) throw new Error('the definition of this test cannot be read');
  return shapeOf(model);
}

it('says what a call has to give', () => {
  const { operations, displayName } = read();
  expect(displayName).toBe('Books');
  expect([...operations].map(([id, { required }]) => [id, required])).toEqual([
    ['WhenAdded', ['hook/shelf']],
    ['AddBook', ['body/title', 'body/author/name']],
    ['GetBook', ['id']],
  ]);
});

it.each([
  ['GetBook', 'language', true],
  ['GetBook', 'langauge', false],
  ['GetBook', 'body', false],
  ['AddBook', 'body', true],
  ['AddBook', 'body/title', true],
  ['AddBook', 'body/titel', false],
  ['AddBook', 'body/author/name', true],
  ['AddBook', 'body/author/nmae', false],
  ['AddBook', 'body/author/a~1b', true],
  ['AddBook', 'body/more/anything', true],
  ['AddBook', 'body/sequel/sequel/titel', false],
  ['AddBook', 'body/tags/0', true],
  ['AddBook', 'body/prices/usd', true],
])('says whether %s takes %s: %s', (operationId, name, expected) => {
  expect(read().operations.get(operationId)?.takes(name)).toBe(expected);
});

it('finds the operation of a request', () => {
  const { match } = read();
  expect([match('GET', '/books/7')?.operationId, match('put', '/books/7')?.operationId]).toEqual([
    'GetBook',
    undefined,
  ]);
});
