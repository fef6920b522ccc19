import { expect, it } from 'vitest';
import type { JsonValue, OperationModel } from '../model.ts';
import { type ReadResult, readConnector } from '../read-connector.ts';
import { toJsonSchema } from '../schema/json-schema.ts';

const schema = 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json';

function read(collection: unknown): ReadResult {
  return readConnector({ definition: { name: 'collection.json', content: JSON.stringify(collection) } });
}

function collection(items: readonly unknown[], rest: object = {}) {
  return { info: { name: 'Library', schema }, item: items, ...rest };
}

function brief({ operationId, method, path, tags, consumes, parameters }: OperationModel) {
  const names = parameters.map((one) => `${one.in} ${one.name}${one.required ? '!' : ''}: ${one.schema.kind}`);
  return [`${operationId} ${method} ${path}`, tags.join(' / '), consumes.join(), ...names];
}

function operations(result: ReadResult) {
  return result.model?.operations.map(brief);
}

const bodySchema = (result: ReadResult, index = 0): JsonValue | undefined => {
  const body = result.model?.operations[index]?.body;
  return result.model === undefined || body === undefined ? undefined : toJsonSchema(result.model, body.schema);
};

const version1 = {
  id: 'c',
  name: 'Library',
  order: ['r1'],
  folders_order: ['f'],
  folders: [{ id: 'f', name: 'Loans', order: ['r2', 'r2', 'gone'], folders_order: ['gone'] }],
  variables: [{ key: 'base', value: 'https://api.test/v1' }],
  requests: [
    {
      id: 'r2',
      name: 'Lend a book',
      method: 'POST',
      url: '{{base}}/members/:memberId/loans?dry=true',
      pathVariableData: [{ key: 'memberId', value: '7', description: 'Whose' }],
      headers: 'Content-Type: application/json\n// X-Old: 1\nX-Trace: abc',
      dataMode: 'raw',
      rawModeData: '{"days": 14}',
      currentHelper: 'basicAuth',
      helperAttributes: '{"username": "ada", "password": "p"}',
      responses: [{ name: 'Lent', responseCode: { code: 201 }, headers: [], text: '{"id": 1}' }],
    },
    { id: 'r1', name: 'List books', method: 'GET', url: '{{base}}/books', currentHelper: null, dataMode: null },
  ],
};

const version2 = (isNewest: boolean) => ({
  info: { name: 'Library', schema: schema.replace('2.1.0', isNewest ? '2.1.0' : '2.0.0') },
  variable: [{ [isNewest ? 'key' : 'id']: 'base', value: 'https://api.test/v1' }],
  item: [
    { name: 'List books', request: '{{base}}/books' },
    {
      name: 'Loans',
      item: [
        {
          name: 'Lend a book',
          request: {
            method: 'POST',
            url: {
              raw: '{{base}}/members/:memberId/loans?dry=true',
              host: ['{{base}}'],
              path: ['members', ':memberId', 'loans'],
              query: [{ key: 'dry', value: 'true' }],
              variable: [{ key: 'memberId', value: '7', description: { content: 'Whose' } }],
            },
            header: [
              { key: 'Content-Type', value: 'application/json' },
              { key: 'X-Old', value: '1', disabled: true },
              { key: 'X-Trace', value: 'abc' },
            ],
            body: { mode: 'raw', raw: '{"days": 14}' },
            auth: {
              type: 'basic',
              basic: isNewest ? [{ key: 'username', value: 'ada' }] : { username: 'ada', password: 'p' },
            },
          },
          response: [{ name: 'Lent', code: 201, header: null, body: '{"id": 1}' }],
        },
      ],
    },
  ],
});

it('reads the same operations from every version', () => {
  const results = [read(version1), read(version2(false)), read(version2(true))];
  expect(results.map(({ format, findings }) => [format, findings])).toEqual([
    ['postman', []],
    ['postman', []],
    ['postman', []],
  ]);
  const [first, ...others] = results.map((result) => [
    operations(result),
    bodySchema(result, 1),
    result.model?.server,
    [...(result.model?.securitySchemes.keys() ?? [])],
    result.model?.operations.map((one) => one.security),
    result.model?.operations.map((one) => one.responses.map(({ status, description }) => `${status} ${description}`)),
  ]);
  for (const other of others) expect(other).toEqual(first);
  expect(first).toEqual([
    [
      ['ListBooks get /books', '', ''],
      [
        'LendABook post /members/{memberId}/loans',
        'Loans',
        'application/json',
        'path memberId!: string',
        'query dry: boolean',
        'header X-Old: string',
        'header X-Trace: string',
      ],
    ],
    { type: 'object', properties: { days: { type: 'integer', title: 'days' } } },
    { schemes: ['https'], host: 'api.test', basePath: '/v1' },
    ['basic'],
    [undefined, [new Map([['basic', []]])]],
    [['default '], ['201 Lent', 'default Lent']],
  ]);
});

it('reads a collection as the API of Postman wraps it, with positions in it', () => {
  const result = read({ collection: collection([{ name: 'Bad', request: { url: 'ws://x.test' } }]) });
  expect(result.findings.map(({ code, pointer }) => [code, pointer])).toContainEqual([
    'sample-url-not-valid',
    '/collection/item/0/request/url',
  ]);
});

it('inherits authentication from the nearest folder that states any', () => {
  const request = { method: 'GET', url: 'https://api.test/a' };
  const result = read(
    collection(
      [
        { name: 'Key', request },
        {
          name: 'Open',
          auth: { type: 'noauth' },
          item: [
            { name: 'None', request: { ...request, url: 'https://api.test/b' } },
            {
              name: 'Token',
              request: { ...request, url: 'https://api.test/c', auth: { type: 'bearer', bearer: [] } },
            },
          ],
        },
        {
          name: 'OAuth',
          auth: {
            type: 'oauth2',
            oauth2: [
              { key: 'grant_type', value: 'client_credentials' },
              { key: 'accessTokenUrl', value: 'https://{{login}}/token' },
              { key: 'scope', value: 'read write' },
              { key: 'clientSecret', value: 'hush' },
            ],
          },
          item: [{ name: 'Both', auth: null, request: { ...request, url: 'https://api.test/d', auth: null } }],
        },
        { name: 'Key again', request: { ...request, url: 'https://api.test/e' } },
      ],
      {
        auth: {
          type: 'apikey',
          apikey: [
            { key: 'key', value: 'x-key' },
            { key: 'value', value: 'hush' },
          ],
        },
        variable: [{ key: 'login', value: 'login.test' }],
      },
    ),
  );
  expect(result.model?.security).toEqual([new Map([['api_key', []]])]);
  expect(result.model?.operations.map(({ operationId, security }) => [operationId, security])).toEqual([
    ['Key', undefined],
    ['None', []],
    ['Token', [new Map([['bearer', []]])]],
    ['Both', [new Map([['oauth2', ['read', 'write']]])]],
    ['KeyAgain', undefined],
  ]);
  expect(result.model?.securitySchemes.get('oauth2')).toMatchObject({
    flow: 'application',
    tokenUrl: 'https://login.test/token',
  });
  expect(JSON.stringify(result.model?.connectionParameters)).not.toContain('hush');
});

it('makes connection parameters of addresses and parameters of paths that have no value', () => {
  const result = read(
    collection([
      { name: 'One', request: { method: 'GET', url: 'https://{{tenant}}.test/{{version}}/books/{{book id}}' } },
      { name: 'Two', request: { method: 'GET', url: '{{other}}/x', variable: [] } },
    ]),
  );
  expect(result.model?.server.host).toBe('tenant.test.invalid');
  expect(result.model?.connectionParameters.map(({ name, type }) => [name, type])).toEqual([
    ['tenant', 'string'],
    ['other', 'string'],
  ]);
  expect(result.model?.policies.map(({ parameters }) => parameters)).toEqual([
    {
      'x-ms-apimTemplateParameter.urlTemplate': "https://@connectionParameters('tenant').test",
      'x-ms-apimTemplate-operationName': ['One'],
    },
    {
      'x-ms-apimTemplateParameter.urlTemplate': "@connectionParameters('other')",
      'x-ms-apimTemplate-operationName': ['Two'],
    },
  ]);
  expect(operations(result)?.[0]).toEqual([
    'One get /{version}/books/{book id}',
    '',
    '',
    'path version!: string',
    'path book id!: string',
  ]);
});

it('gives variables of the path their value as a default', () => {
  const url = 'https://api.test/{{version}}/{{prefix}}/{{token}}';
  const variable = [
    { key: 'version', value: 'v2' },
    { key: 'prefix', value: 'a/b' },
    { key: 'token', value: 'hush' },
  ];
  const { model } = read(collection([{ name: 'One', request: { method: 'GET', url } }], { variable }));
  expect(model?.operations[0]?.path).toBe('/{version}/a/b/{token}');
  expect(model?.operations[0]?.parameters.map((one) => one.default)).toEqual(['v2', undefined]);
});

it.each<[string, object, readonly string[], JsonValue | undefined]>([
  ['text', { mode: 'raw', raw: 'hello' }, ['text/plain'], { type: 'string' }],
  ['XML', { mode: 'raw', raw: '<a/>', options: { raw: { language: 'xml' } } }, ['application/xml'], { type: 'string' }],
  [
    'JSON with variables in and out of strings',
    { mode: 'raw', raw: '{"a": {{n}}, "b": "{{n}} \\"{{n}}", "c": {{known}}, "d": "{{$guid}}"}' },
    ['application/json'],
    {
      type: 'object',
      properties: {
        a: { title: 'a' },
        b: { type: 'string', title: 'b' },
        c: { type: 'integer', title: 'c' },
        d: { type: 'string', format: 'uuid', title: 'd' },
      },
    },
  ],
  [
    'JSON of placeholders',
    { mode: 'raw', raw: '{"id": "<long>", "at": "<dateTime>", "tags": ["<string>"], "ok": "<boolean>"}' },
    ['application/json'],
    {
      type: 'object',
      properties: {
        id: { type: 'integer', title: 'id' },
        at: { type: 'string', format: 'date-time', title: 'at' },
        tags: { type: 'array', items: { type: 'string' }, title: 'tags' },
        ok: { type: 'boolean', title: 'ok' },
      },
    },
  ],
  [
    'a file',
    { mode: 'file', file: { src: 'a.png' } },
    ['application/octet-stream'],
    { type: 'string', format: 'binary' },
  ],
  [
    'GraphQL',
    { mode: 'graphql', graphql: { query: '{ books }', variables: '{"first": 10}' } },
    ['application/json'],
    {
      type: 'object',
      properties: {
        query: { type: 'string', title: 'query', default: '{ books }', 'x-ms-visibility': 'internal' },
        variables: {
          type: 'object',
          title: 'variables',
          properties: { first: { type: 'integer', title: 'first' } },
        },
      },
      required: ['query'],
    },
  ],
  ['nothing', { mode: 'raw', raw: '' }, [], undefined],
  ['a body that is switched off', { mode: 'raw', raw: '{}', disabled: true }, [], undefined],
])('reads a body of %s', (_, body, consumes, expected) => {
  const request = { method: 'POST', url: 'https://api.test/', body };
  const result = read(collection([{ name: 'Send', request }], { variable: [{ key: 'known', value: '3' }] }));
  expect([result.model?.operations[0]?.consumes, bodySchema(result)]).toEqual([consumes, expected]);
});

it('reads forms with files and rows that are switched off', () => {
  const formdata = [
    { key: 'note', value: 'hi', type: 'text' },
    { key: 'data', value: '{}', type: 'text', contentType: 'application/json' },
    { key: 'scan', type: 'file', src: '/a.png' },
    { key: 'more', value: '<integer>', disabled: true },
    { key: 'note', value: 'old', disabled: true },
  ];
  const result = read(
    collection([
      {
        name: 'Multipart',
        request: { method: 'POST', url: 'https://api.test/a', body: { mode: 'formdata', formdata } },
      },
      {
        name: 'Encoded',
        request: { method: 'POST', url: 'https://api.test/b', body: { mode: 'urlencoded', urlencoded: 'a=1&b=x' } },
      },
    ]),
  );
  expect(operations(result)).toEqual([
    [
      'Multipart post /a',
      '',
      'multipart/form-data',
      'formData note: string',
      'formData data: string',
      'formData scan: file',
      'formData more: integer',
    ],
    ['Encoded post /b', '', 'application/x-www-form-urlencoded', 'formData a: integer', 'formData b: string'],
  ]);
  expect(result.model?.operations[0]?.parameters[1]?.part).toEqual({ contentType: 'application/json', headers: [] });
});

it('merges samples of one operation and keeps other kinds of body apart', () => {
  const post = (name: string, path: string, raw: string) => ({
    name,
    request: { method: 'POST', url: `https://api.test${path}`, body: { mode: 'raw', raw } },
  });
  const result = read(
    collection([
      post('Pay by card', '/shops/:shop/payments', '{"card": "x"}'),
      post('Pay by bank', '/shops/:id/payments?dry=true', '{"iban": "y"}'),
      post('Pay by letter', '/shops/:id/payments', 'Dear bank'),
    ]),
  );
  expect(operations(result)).toEqual([
    ['PayByCard post /shops/{shop}/payments', '', 'application/json', 'path shop!: string', 'query dry: boolean'],
    ['PayByLetter post /shops/{id}/payments', '', 'text/plain', 'path id!: string'],
  ]);
  expect(bodySchema(result)).toEqual({
    type: 'object',
    properties: { card: { type: 'string', title: 'card' }, iban: { type: 'string', title: 'iban' } },
  });
  const said = result.losses.filter(({ code }) => code === 'requests-merged' || code === 'address-shared');
  expect(said.map(({ message, pointer, line }) => [message, pointer, line])).toEqual([
    [
      'PayByCard was made of 2 requests with the same method and path, which are samples of one operation.',
      '/item/0',
      1,
    ],
    [
      'PayByLetter has the same method and path as PayByCard and another kind of body, so it is an operation of its own. Swagger has one operation for each method and path.',
      '/item/2',
      1,
    ],
  ]);
});

it('takes the most frequent address for the server and lets other operations keep theirs', () => {
  const get = (name: string, url: string) => ({ name, request: { method: 'GET', url } });
  const { model } = read(
    collection(
      [
        get('Elsewhere', 'http://other.test/x'),
        get('One', 'https://api.test/v1/one'),
        get('Two', '{{base}}/two'),
        get('Three', '{{base}}/three'),
      ],
      { variable: [{ key: 'base', value: 'https://api.test/v1' }] },
    ),
  );
  expect(model?.server).toEqual({ schemes: ['https'], host: 'api.test', basePath: '/v1' });
  expect(model?.operations.map(({ path, serverUrl }) => [path, serverUrl])).toEqual([
    ['/x', 'http://other.test'],
    ['/one', undefined],
    ['/two', undefined],
    ['/three', undefined],
  ]);
});

it('unites the saved answers of a status; the first of all is the default response as well', () => {
  const response = [
    { name: 'Not there', code: 404, header: [], body: 'no' },
    { name: 'Found', code: 200, header: [{ key: 'X-Left', value: '3' }], body: '{"id": 1}' },
    { name: 'Found more', code: 200, header: [], body: '{"id": 2, "title": "x"}' },
  ];
  const result = read(collection([{ name: 'Get', request: 'https://api.test/x', response }]));
  const { model } = result;
  expect(
    model?.operations[0]?.responses.map((one) => [
      one.status,
      one.description,
      one.schema && toJsonSchema(model, one.schema),
      one.headers.map((header) => header.name),
    ]),
  ).toEqual([
    ['404', 'Not there', { type: 'string' }, []],
    [
      '200',
      'Found',
      {
        type: 'object',
        properties: { id: { type: 'integer', title: 'id' }, title: { type: 'string', title: 'title' } },
        required: ['id'],
      },
      ['X-Left'],
    ],
    ['default', 'Not there', { type: 'string' }, []],
  ]);
});

it('says that scripts stay behind', () => {
  const event = [
    { listen: 'test', script: { exec: ['pm.test("x")'] } },
    { listen: 'prerequest', script: { exec: [''] } },
  ];
  const { losses } = read(collection([{ name: 'Get', event, request: 'https://api.test/x' }], { event }));
  expect(
    losses.filter(({ kind }) => kind === 'lost').map(({ code, pointer, message }) => [code, pointer, message]),
  ).toEqual([
    [
      'scripts-not-carried',
      '',
      'the collection has scripts (test), which were not carried over. They ran in Postman only.',
    ],
    [
      'scripts-not-carried',
      '/item/0',
      'Get has scripts (test), which were not carried over. They ran in Postman only.',
    ],
  ]);
});

it('refuses a collection without requests', () => {
  expect(read(collection([])).findings.map(({ code, severity }) => [code, severity])).toContainEqual([
    'collection-empty',
    'error',
  ]);
});
