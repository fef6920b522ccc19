import { expect, it } from 'vitest';
import { brief, type Members, readDocument, readOperation } from './test-document/read-document.ts';

const event = { type: 'object', properties: { id: { type: 'integer' } } };
const call = (schema: Members = event, more: Members = {}) => ({
  post: { description: 'Something happened', requestBody: { content: { 'application/json': { schema } } }, ...more },
});
const subscribe = (required: readonly string[]): Members => ({
  content: {
    'application/json': {
      schema: {
        type: 'object',
        required,
        properties: {
          url: { type: 'string' },
          hook: { type: 'object', required: ['to'], properties: { to: { type: 'string' } } },
        },
      },
    },
  },
});
const readEvent = {
  kind: 'object',
  required: [],
  additionalProperties: true,
  properties: new Map([['id', { kind: 'integer' }]]),
};

it.each<[string, string, readonly string[], readonly string[]]>([
  ['a required property of the body', '{$request.body#/url}', ['url'], ['url']],
  ['a required property deep in the body', '{$request.body#/hook/to}', ['hook'], ['hook', 'to']],
])('makes a webhook trigger of an operation that is called back at %s', (_, expression, required, callbackUrlPath) => {
  const header = { name: 'X-Signature', in: 'header', description: 'Proof', schema: { type: 'string' } };
  const { operation, model } = readOperation({
    requestBody: subscribe(required),
    callbacks: { happened: { [expression]: call(event, { parameters: [header] }) } },
  });
  expect(operation.trigger).toEqual({
    kind: 'webhook',
    batch: false,
    notification: {
      description: 'Something happened',
      schema: readEvent,
      headers: [{ name: 'X-Signature', description: 'Proof', schema: { kind: 'string' } }],
    },
    callbackUrlPath,
  });
  expect(model.webhooks).toEqual([]);
});

it('takes one of several events for what comes to one address', () => {
  const { operation } = readOperation({
    requestBody: subscribe(['url']),
    callbacks: {
      opened: { '{$request.body#/url}': call() },
      closed: { '{$request.body#/url}': call({ type: 'string' }) },
    },
  });
  expect(operation.trigger?.notification?.schema).toEqual({ kind: 'anyOf', members: [readEvent, { kind: 'string' }] });
});

it.each<[string, string, object | undefined, readonly string[]]>([
  ['a property that may be missing', '{$request.body#/url}', { in: 'body', path: ['url'] }, []],
  ['a query parameter', '{$request.query.to}', { in: 'query', path: ['to'] }, []],
  ['a header', '$request.header.X-To', { in: 'header', path: ['X-To'] }, []],
  ['a path parameter', '{$request.path.to}', { in: 'path', path: ['to'] }, []],
  [
    'an address that is put together',
    '{$request.body#/url}?event=x',
    undefined,
    ['lost callback-address-composed /paths/~1x/post/callbacks/happened/{$request.body#~1url}?event=x'],
  ],
  [
    'a fixed address',
    'https://listener.test/hook',
    undefined,
    ['lost callback-address-composed /paths/~1x/post/callbacks/happened/https:~1~1listener.test~1hook'],
  ],
])('keeps an action that is called back at %s, and offers the webhook', (_, expression, subscription, said) => {
  const read = readOperation({ requestBody: subscribe([]), callbacks: { happened: { [expression]: call() } } });
  expect(read.operation.trigger).toBeUndefined();
  expect(read.model.webhooks).toEqual([
    {
      name: 'happened',
      method: 'post',
      summary: '',
      description: 'Something happened',
      schema: readEvent,
      headers: [],
      ...(subscription !== undefined && { subscription: { operationId: 'Send', ...subscription } }),
      extensions: {},
      pointer: `/paths/~1x/post/callbacks/happened/${expression.replaceAll('/', '~1')}/post`,
    },
  ]);
  expect(brief(read)).toEqual(said);
});

it('lets the vocabulary of the ecosystem say what triggers', () => {
  const document = {
    paths: {
      '/x': {
        'x-ms-notification-content': {
          description: 'A loan',
          schema: event,
          headers: { 'X-N': { schema: { type: 'integer' } } },
        },
        post: {
          operationId: 'Send',
          'x-ms-trigger': 'batch',
          'x-ms-trigger-hint': 'Lend a book',
          requestBody: {
            content: {
              'application/json': {
                schema: { type: 'object', properties: { to: { type: 'string', 'x-ms-notification-url': true } } },
              },
            },
          },
          callbacks: { happened: { '{$request.query.to}': call() } },
          responses: { 204: { description: 'Done' } },
        },
      },
    },
  };
  const { model } = readDocument(document);
  expect(model.operations[0]?.trigger).toEqual({
    kind: 'webhook',
    batch: true,
    hint: 'Lend a book',
    notification: {
      description: 'A loan',
      schema: readEvent,
      headers: [{ name: 'X-N', description: '', schema: { kind: 'integer' } }],
    },
    callbackUrlPath: ['to'],
  });
  expect(model.webhooks.map((one) => one.name)).toEqual(['happened']);
});

it.each(['webhooks', 'x-webhooks'])('reads the %s of the root, and needs no paths then', (name) => {
  const read = readDocument({
    paths: {},
    [name]: {
      loaned: { $ref: '#/components/pathItems/Loaned' },
      returned: {
        post: { summary: 'Returned', 'x-kind': 'b', requestBody: { $ref: '#/components/requestBodies/Event' } },
      },
    },
    components: {
      pathItems: { Loaned: { ...call(), put: { description: 'Again' } } },
      requestBodies: { Event: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Event' } } } } },
      schemas: { Event: event },
    },
  });
  expect(read.model.webhooks).toEqual([
    {
      name: 'loaned',
      method: 'post',
      summary: '',
      description: 'Something happened',
      schema: readEvent,
      headers: [],
      extensions: {},
      pointer: '/components/pathItems/Loaned/post',
    },
    {
      name: 'loaned PUT',
      method: 'put',
      summary: '',
      description: 'Again',
      headers: [],
      extensions: {},
      pointer: '/components/pathItems/Loaned/put',
    },
    {
      name: 'returned',
      method: 'post',
      summary: 'Returned',
      description: '',
      schema: { kind: 'reference', name: 'Event' },
      headers: [],
      extensions: { 'x-kind': 'b' },
      pointer: `/${name}/returned/post`,
    },
  ]);
  expect(brief(read)).toEqual([]);
});
