import { expect, it } from 'vitest';
import { startPrismMock } from './prism-mock.ts';

const definition = {
  swagger: '2.0',
  info: { title: 'Notes', version: '1' },
  host: 'notes.test',
  basePath: '/v1',
  securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'x-key' } },
  security: [{ key: [] }],
  paths: {
    '/notes': {
      post: {
        operationId: 'AddNote',
        consumes: ['application/json'],
        produces: ['application/json'],
        parameters: [
          { name: 'tone', in: 'query', type: 'string', enum: ['kind', 'firm'] },
          {
            name: 'note',
            in: 'body',
            required: true,
            schema: { type: 'object', required: ['text'], properties: { text: { type: 'string' } } },
          },
        ],
        responses: { 201: { description: 'Added', schema: { type: 'object', example: { id: 7 } } } },
      },
    },
  },
};

const json = { 'content-type': 'application/json', 'x-key': 'k' };

it.each([
  ['a valid request', '/notes?tone=kind', json, '{"text":"a"}', 201, 0],
  ['a missing credential', '/notes', { 'content-type': 'application/json' }, '{"text":"a"}', 401, 1],
  ['a missing member', '/notes', json, '{}', 422, 1],
  ['a query value that is not offered', '/notes?tone=rude', json, '{"text":"a"}', 422, 1],
  ['another media type', '/notes', { ...json, 'content-type': 'text/plain' }, 'a', 415, 1],
  ['another path', '/nodes', json, '{"text":"a"}', 404, 1],
])('judges %s', async (_what, path, headers, body, status, violations) => {
  const mock = await startPrismMock(definition);
  try {
    const response = await fetch(`${mock.serviceUrl}${path}`, { method: 'POST', headers, body });
    expect({ status: response.status, violations: mock.requests.map((one) => one.violations.length) }).toEqual({
      status,
      violations: [violations],
    });
  } finally {
    await mock.close();
  }
});
