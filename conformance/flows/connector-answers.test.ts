import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { askedConnector } from './asked-connector.ts';
import { createConnectorAnswers } from './connector-answers.ts';
import { runFlow } from './run-flow.ts';

const definition = {
  swagger: '2.0',
  paths: {
    '/{connectionId}/books/{id}': {
      get: { operationId: 'GetBook', responses: { 200: { schema: { $ref: '#/definitions/Book' } } } },
    },
    '/hooks': {
      'x-ms-notification-content': { schema: { type: 'object', properties: { event: { type: 'string' } } } },
      post: { operationId: 'OnLoan', responses: { 201: {} } },
    },
    '/shelves': { get: { operationId: 'Shelves', responses: { default: { schema: { type: 'array' } } } } },
  },
  definitions: {
    Book: { type: 'object', properties: { pages: { type: 'integer' }, next: { $ref: '#/definitions/Book' } } },
  },
};

function folderOfConnectors(): string {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-answers-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, 'certified/The Library'), { recursive: true });
  writeFileSync(join(folder, 'certified/The Library/apiDefinition.swagger.json'), JSON.stringify(definition));
  mkdirSync(join(folder, 'Broken'));
  writeFileSync(join(folder, 'Broken/apiDefinition.swagger.json'), '{');
  return folder;
}

it('finds what a connector answers by its operation or its path', () => {
  const answers = createConnectorAnswers(folderOfConnectors());
  const connector = 'shared_thelibrary-5f1a2b';
  const book = answers({ connector, operationId: 'GetBook' });
  expect(book).toMatchObject({ type: 'object', properties: { pages: { type: 'integer' } } });
  expect(answers({ connector: 'TheLibrary', method: 'get', path: "/books/@{encodeURIComponent('a/b')}" })).toEqual(
    book,
  );
  expect(answers({ connector: 'shared_thelibraryip', operationId: 'OnLoan' })).toEqual({
    type: 'object',
    properties: { event: { type: 'string' } },
  });
  expect(answers({ connector, method: 'GET', path: '/Shelves?top=1' })).toEqual({ type: 'array' });
  expect(answers({ connector, operationId: 'Elsewhere' })).toBeUndefined();
  expect(answers({ connector: 'broken', operationId: 'GetBook' })).toBeUndefined();
  expect(answers({ connector: 'unknown', operationId: 'GetBook' })).toBeUndefined();
  expect(createConnectorAnswers('/nowhere')({ connector, operationId: 'GetBook' })).toBeUndefined();
});

it.each([
  [
    'openapiconnection',
    { host: { apiId: '/apis/shared_library', operationId: 'GetBook' } },
    { connector: 'shared_library', operationId: 'GetBook' },
  ],
  [
    'apiconnection',
    {
      host: { connection: { name: "@parameters('$connections')['books']['connectionId']" } },
      path: '/a',
      method: 'post',
    },
    { connector: 'library', method: 'post', path: '/a' },
  ],
  [
    'apiconnection',
    { host: { connection: { referenceName: 'other' } }, path: '/a' },
    { connector: 'other', method: 'get', path: '/a' },
  ],
  ['http', { uri: 'https://example.com/' }, undefined],
])('reads what a %s asks', (type, inputs, expected) => {
  const references = { books: { connectorName: 'library', connectionName: '' } };
  expect(askedConnector({ type, inputs }, type, references)).toEqual(expected);
});

it('runs a flow on what its connector answers', async () => {
  const inputs = { host: { apiId: '/apis/shared_thelibrary', operationId: 'GetBook' }, parameters: { id: 1 } };
  const file = {
    definition: {
      triggers: { manual: { type: 'Request' } },
      actions: {
        Ask: { type: 'OpenApiConnection', inputs: { ...inputs, host: { ...inputs.host, connectionName: 'c' } } },
        Pages: { type: 'Compose', inputs: "@split(body('Ask')?['pages'], ' ')", runAfter: { Ask: ['Succeeded'] } },
      },
    },
    parameters: {},
    connectionReferences: {},
    kind: 'Stateful' as const,
  };
  const answers = createConnectorAnswers(folderOfConnectors());
  expect((await runFlow(file, 'matching')).kind).toBe('succeeded');
  expect(await runFlow(file, 'matching', answers)).toMatchObject({
    kind: 'unexplained',
    reason: expect.stringContaining("The provided value is of type 'Integer'"),
  });
});
