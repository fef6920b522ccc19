import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Finding } from './finding.ts';
import { type ReadResult, readConnector, referredFiles } from './read-connector.ts';
import { findOperation, resolveSchema, toJsonSchema } from './schema/json-schema.ts';

/** What reading itself has to say; the rules have tests of their own. */
function read(content: string | Uint8Array, properties?: string): ReadResult {
  const files = {
    definition: { name: 'def.json', content },
    ...(properties !== undefined && { properties: { name: 'props.json', content: properties } }),
  };
  return readConnector(files, { checks: 'none' });
}

function brief(findings: readonly Finding[]): readonly string[] {
  return findings.map((one) => `${one.severity} ${one.code} ${one.source}:${one.line}:${one.column} ${one.pointer}`);
}

const minimal = {
  swagger: '2.0',
  info: { title: 'Loans', version: '1' },
  host: 'api.test',
  basePath: '/v1/',
  schemes: ['https'],
  consumes: ['application/json'],
  securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  security: [{ api_key: [] }],
  paths: {
    '/loans/{id}': {
      parameters: [{ name: 'id', in: 'path', required: true, type: 'integer', 'x-ms-url-encoding': 'double' }],
      get: {
        operationId: 'GetLoan',
        summary: 'Get a loan',
        'x-ms-visibility': 'Important',
        parameters: [
          { name: 'expand', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' },
        ],
        responses: { 200: { description: 'The loan', schema: { $ref: '#/definitions/Loan' } } },
      },
      put: {
        operationId: 'PutLoan',
        security: [],
        parameters: [{ name: 'body', in: 'body', required: true, schema: { $ref: '#/definitions/Loan' } }],
        responses: { 204: { description: 'Done' } },
      },
    },
  },
  definitions: {
    Loan: {
      type: 'object',
      required: ['title'],
      properties: { title: { type: 'string', 'x-ms-summary': 'Title' }, next: { $ref: '#/definitions/Loan' } },
    },
  },
};

it('reads a definition into the model', () => {
  const { model, findings } = read(JSON.stringify(minimal));
  expect(findings).toEqual([]);
  expect(model?.server).toEqual({ schemes: ['https'], host: 'api.test', basePath: '/v1' });
  const get = model && findOperation(model, 'GetLoan');
  expect(get).toEqual({
    operationId: 'GetLoan',
    method: 'get',
    path: '/loans/{id}',
    summary: 'Get a loan',
    description: '',
    visibility: 'important',
    deprecated: false,
    tags: [],
    parameters: [
      {
        name: 'id',
        in: 'path',
        required: true,
        schema: { kind: 'integer' },
        urlEncoding: 'double',
        summary: 'id',
        description: '',
        visibility: 'normal',
        allowEmptyValue: false,
        extensions: {},
        pointer: '/paths/~1loans~1{id}/parameters/0',
      },
      {
        name: 'expand',
        in: 'query',
        required: false,
        schema: { kind: 'array', items: { kind: 'string' } },
        collectionFormat: 'multi',
        urlEncoding: 'single',
        summary: 'expand',
        description: '',
        visibility: 'normal',
        allowEmptyValue: false,
        extensions: {},
        pointer: '/paths/~1loans~1{id}/get/parameters/0',
      },
    ],
    responses: [
      {
        status: '200',
        description: 'The loan',
        schema: { kind: 'reference', name: 'Loan' },
        headers: [],
        extensions: {},
      },
    ],
    consumes: ['application/json'],
    produces: [],
    extensions: {},
    pointer: '/paths/~1loans~1{id}/get',
  });
  expect(model && findOperation(model, 'PutLoan')).toMatchObject({
    security: [],
    body: { name: 'body', required: true },
  });
  expect(model?.connectionParameters).toMatchObject([{ name: 'api_key', type: 'securestring', required: true }]);
});

it.each([
  ['nothing', {}, ['api_key']],
  ['an empty list', { connectionParameters: {} }, []],
  ['sets', { connectionParameterSets: { values: [{ name: 'key', parameters: {} }] } }, []],
])(
  'takes how to connect from the definition only when the properties say nothing of it: %s',
  (_, properties, names) => {
    const secured = {
      ...minimal,
      securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'x-key' } },
      security: [{ api_key: [] }],
    };
    const { model } = read(JSON.stringify(secured), JSON.stringify({ properties }));
    expect(model?.connectionParameters.map(({ name }) => name)).toEqual(names);
  },
);
it('keeps recursion in references, and gives it to JSON Schema', () => {
  const { model } = read(JSON.stringify(minimal));
  if (model === undefined) throw new Error('no model');
  expect(resolveSchema(model, { kind: 'reference', name: 'Loan' })).toMatchObject({
    kind: 'object',
    required: ['title'],
  });
  expect(toJsonSchema(model, { kind: 'reference', name: 'Loan' })).toEqual({
    $ref: '#/$defs/Loan',
    $defs: {
      Loan: {
        type: 'object',
        properties: { title: { type: 'string', 'x-ms-summary': 'Title' }, next: { $ref: '#/$defs/Loan' } },
        required: ['title'],
      },
    },
  });
});

it.each([
  ['', ['error document-empty def.json:1:1 ']],
  ['   \n ', ['error document-empty def.json:1:1 ']],
  ['[]', ['error document-not-object def.json:1:1 ']],
  ['"text"', ['error document-not-object def.json:1:1 ']],
  ['{}', ['error format-unsupported def.json:1:1 ']],
  ['{"info": {"name": "x"}, "item": []}', ['error collection-empty def.json:1:1 ']],
  ['<!DOCTYPE html><html></html>', ['error format-unsupported def.json:1:1 ']],
  ['<definitions xmlns="http://schemas.xmlsoap.org/wsdl/"/>', ['error wsdl-no-operations def.json:1:1 /definitions']],
  ['a: [b', ['error yaml-invalid def.json:1:6 ']],
  ['a: *nothing', ['error yaml-refused def.json:1:4 ']],
  [
    '{ nonsense',
    [
      'warning json-symbol-invalid def.json:1:3 ',
      'warning json-incomplete def.json:1:11 ',
      'error format-unsupported def.json:1:1 ',
    ],
  ],
])('says of %j that it is no definition', (text, expected) => {
  const { model, findings } = read(text);
  expect(model).toBeUndefined();
  expect(brief(findings)).toEqual(expected);
});

it('reads what is not clean and says where', () => {
  const text = `{
  // a comment
  "swagger": "2.0",
  "info": {"title": "A", "version": "1"},
  "host": "api.test",
  "paths": {"/a": {"get": {"operationId": "A", "responses": {"200": {"description": "x"}},}}},
}`;
  const { model, findings } = read(text);
  expect(model?.operations.map((operation) => operation.operationId)).toEqual(['A']);
  expect(brief(findings)).toEqual([
    'warning json-comment def.json:2:3 ',
    'warning json-trailing-comma def.json:6:91 ',
    'warning json-trailing-comma def.json:7:1 ',
  ]);
});

it('reads byte-order marks and other code pages', () => {
  const text = JSON.stringify({ ...minimal, info: { title: 'Café', version: '1' } });
  const marked = read(`\uFEFF${text}`);
  expect(brief(marked.findings)).toEqual(['info byte-order-mark def.json:1:1 ']);
  const utf16 = read(Buffer.from(`\uFEFF${text}`, 'utf16le'));
  expect(utf16.model?.info.title).toBe('Café');
  const latin = read(Buffer.from(text, 'latin1'));
  expect(latin.model?.info.title).toBe('Café');
  expect(latin.findings.map((finding) => finding.code)).toEqual(['encoding-not-utf-8']);
});

it('says what is wrong with operations, at their place', () => {
  const { findings } = read(
    JSON.stringify(
      {
        swagger: '2.0',
        info: {},
        host: 'https://api.test/v1',
        paths: {
          '/a/{id}': {
            get: { parameters: [{ in: 'query' }, { name: 'x', in: 'quer' }, { $ref: '#/parameters/none' }] },
            post: {
              operationId: 'Post',
              'x-ms-trigger': 'often',
              parameters: [
                { name: 'one', in: 'body', schema: {} },
                { name: 'two', in: 'body', schema: { $ref: '#/definitions/Nowhere' } },
                { name: 'three', in: 'formData', type: 'string' },
              ],
              responses: { 200: { description: '' } },
            },
          },
          b: { get: { operationId: 'Post', responses: { 200: { $ref: 'other.json#/x' } } } },
        },
      },
      null,
      1,
    ),
  );
  expect(brief(findings).map((line) => line.replace(/def\.json:\d+:\d+ /, ''))).toEqual([
    'warning info-title-missing /info',
    'warning host-not-valid /host',
    'warning operation-id-missing /paths/~1a~1{id}/get',
    'error parameter-not-valid /paths/~1a~1{id}/get/parameters/0',
    'error parameter-location /paths/~1a~1{id}/get/parameters/1',
    'error reference-not-found /paths/~1a~1{id}/get/parameters/2',
    'warning path-parameter-missing /paths/~1a~1{id}/get',
    'warning responses-missing /paths/~1a~1{id}/get',
    'error body-duplicate /paths/~1a~1{id}/post/parameters/1',
    'error body-and-form /paths/~1a~1{id}/post',
    'warning path-parameter-missing /paths/~1a~1{id}/post',
    'warning trigger-kind /paths/~1a~1{id}/post/x-ms-trigger',
    'error operation-id-not-unique /paths/b/get/operationId',
    'warning path-must-start-with-slash /paths/b',
    'error reference-external /paths/b/get/responses/200',
  ]);
  expect(findings.find((finding) => finding.code === 'path-parameter-missing')?.message).toBe(
    'GetAId: the path has {id} but no such path parameter. It was read as a required text; declare it.',
  );
});

it('reads triggers: polling, and webhooks with the place of the callback URL', () => {
  const { model } = read(
    JSON.stringify({
      ...minimal,
      paths: {
        '/poll': { get: { operationId: 'Poll', 'x-ms-trigger': 'batch', responses: { 200: { description: '' } } } },
        '/hook': {
          'x-ms-notification-content': { description: 'An event', schema: { type: 'object' } },
          post: {
            operationId: 'Hook',
            'x-ms-trigger': 'single',
            'x-ms-trigger-hint': 'Do it',
            parameters: [{ name: 'body', in: 'body', schema: { $ref: '#/definitions/Hook' } }],
            responses: { 201: { description: '' } },
          },
        },
      },
      definitions: {
        Hook: {
          type: 'object',
          properties: { self: { $ref: '#/definitions/Hook' }, target: { $ref: '#/definitions/Target' } },
        },
        Target: { type: 'object', properties: { url: { type: 'string', 'x-ms-notification-url': true } } },
      },
    }),
  );
  expect(model?.operations.map((operation) => operation.trigger)).toEqual([
    { kind: 'polling', batch: true },
    {
      kind: 'webhook',
      batch: false,
      hint: 'Do it',
      notification: {
        description: 'An event',
        schema: { kind: 'object', properties: new Map(), required: [], additionalProperties: true },
        headers: [],
      },
      callbackUrlPath: ['target', 'url'],
    },
  ]);
});

it('reads properties in the spellings that are published', () => {
  const { model, findings } = read(
    JSON.stringify(minimal),
    JSON.stringify({
      properties: {
        iconBrandColor: '#da3b01',
        capabilities: ['Actions'],
        policyTemplateInstances: [{ templateId: 'setheader', title: 't', parameters: { a: 1 } }, { title: 'none' }],
        connectionParameters: {
          token: { type: 'oAuthSetting' },
          api_key: {
            type: 'securestring',
            uiDefinition: {
              displayname: 'Key',
              constraints: { required: true, tabIndex: 2, hidden: 'false', clearText: false },
            },
          },
          region: {
            type: 'String',
            uiDefinition: {
              displayName: 'Region',
              constraints: { required: 'false', allowedValues: [{ text: 'Europe', value: 'eu' }] },
            },
          },
        },
      },
    }),
  );
  expect(model?.connectionParameters.map(({ source: _, tabIndex: __, ...rest }) => rest)).toEqual([
    {
      name: 'api_key',
      type: 'securestring',
      displayName: 'Key',
      description: '',
      tooltip: '',
      required: true,
      hidden: false,
      clearText: false,
      allowedValues: [],
    },
    {
      name: 'token',
      type: 'oauthSetting',
      displayName: 'token',
      description: '',
      tooltip: '',
      required: false,
      hidden: false,
      clearText: true,
      allowedValues: [],
    },
    {
      name: 'region',
      type: 'string',
      displayName: 'Region',
      description: '',
      tooltip: '',
      required: false,
      hidden: false,
      clearText: true,
      allowedValues: [{ text: 'Europe', value: 'eu' }],
    },
  ]);
  expect(model?.policies).toEqual([{ templateId: 'setheader', title: 't', parameters: { a: 1 } }]);
  expect(brief(findings)).toEqual([
    'error policy-parameter-missing props.json:1:97 /properties/policyTemplateInstances/0',
    'error policy-parameter-missing props.json:1:97 /properties/policyTemplateInstances/0',
    'warning policy-without-template props.json:1:157 /properties/policyTemplateInstances/1',
  ]);
});

it('takes names of prototypes for ordinary names', () => {
  const { model } = read(
    `{"swagger":"2.0","info":{"title":"a"},"host":"h","paths":{"/a":{"get":{"operationId":"__proto__","responses":{"200":{"description":""}}}}},"definitions":{"__proto__":{"type":"object","properties":{"constructor":{"type":"string"}}}}}`,
  );
  expect(model?.operations[0]?.operationId).toBe('__proto__');
  expect(model?.schemas.get('__proto__')).toMatchObject({ kind: 'object' });
  expect(({} as { type?: unknown }).type).toBeUndefined();
});

it('refuses nesting that would exhaust the stack, with its place', () => {
  const { model, findings } = read(`{"swagger":"2.0","x":${'['.repeat(100_000)}${']'.repeat(100_000)}}`);
  expect(model).toBeUndefined();
  expect(brief(findings)).toEqual(['error json-too-deep def.json:1:521 ']);
});

it('never throws, whatever it is given', () => {
  const holds = ({ findings }: ReadResult): void => {
    for (const finding of findings) {
      expect(finding.line).toBeGreaterThan(0);
      expect(finding.column).toBeGreaterThan(0);
      expect(finding.message).not.toBe('');
    }
  };
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.uint8Array(), fc.json()), (content) => holds(read(content))),
    { numRuns: 300 },
  );
  const mutated = fc.tuple(fc.nat(), fc.nat(5), fc.string({ maxLength: 3 })).map(([at, drop, insert]) => {
    const text = JSON.stringify(minimal);
    const index = at % text.length;
    return text.slice(0, index) + insert + text.slice(index + drop);
  });
  fc.assert(
    fc.property(mutated, (text) => holds(read(text, text))),
    { numRuns: 500 },
  );
  const shaped = fc.record(
    {
      swagger: fc.constant('2.0'),
      info: fc.jsonValue(),
      paths: fc.dictionary(fc.string(), fc.dictionary(fc.constantFrom('get', 'post', 'parameters'), fc.jsonValue())),
      definitions: fc.jsonValue(),
      securityDefinitions: fc.jsonValue(),
    },
    { requiredKeys: ['swagger', 'paths'] },
  );
  fc.assert(
    fc.property(shaped, (document) => holds(read(JSON.stringify(document)))),
    { numRuns: 300 },
  );
});

it('reads YAML as it reads JSON, with its own lines', () => {
  const { model, format, findings } = read(`# a comment
swagger: 2.0
info: { title: Loans, version: 1.10 }
host: api.test
x-base: &ok { description: Good }
paths:
  /loans:
    get:
      responses:
        200: { <<: *ok, description: Fine }
`);
  expect(format).toBe('swagger2');
  expect(model?.info.version).toBe('1.10');
  expect(model?.operations[0]?.responses).toMatchObject([{ status: '200', description: 'Fine' }]);
  expect(brief(findings)).toEqual(['warning operation-id-missing def.json:8:5 /paths/~1loans/get']);
});

it('refuses aliases that multiply, and aliases of themselves', () => {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) {
    lines.push(`a${level}: &a${level} [${Array.from({ length: 10 }, () => `*a${level - 1}`).join(', ')}]`);
  }
  expect(brief(read(lines.join('\n')).findings)).toEqual(['error yaml-refused def.json:1:22 ']);
  expect(brief(read('a: &a [*a]').findings)).toEqual(['error yaml-refused def.json:1:7 ']);
});

it('reads a description of several files, and says where in which of them something is wrong', () => {
  const { model, findings } = readConnector({
    definition: {
      name: 'api/main.yaml',
      content: `swagger: '2.0'
info: { title: Loans, version: '1' }
host: api.test
paths:
  /loans:
    $ref: 'paths/loans.yaml'
  /gone:
    $ref: 'paths/gone.yaml'
`,
    },
    others: [
      {
        name: 'api/paths/loans.yaml',
        content: `get:
  operationId: ListLoans
  parameters:
    - { name: page, in: quer, type: string }
  responses:
    200: { description: Good, schema: { $ref: '../schemas.yaml#/Loan' } }
`,
      },
      {
        name: 'api/schemas.yaml',
        content: `Loan:
  type: object
  properties:
    renewed: { $ref: '#/Loan' }
`,
      },
    ],
  });
  const [operation] = model?.operations ?? [];
  expect(operation?.responses[0]?.schema).toEqual({ kind: 'reference', name: 'Loan' });
  expect(model?.schemas.get('Loan')).toEqual({
    kind: 'object',
    properties: new Map([['renewed', { kind: 'reference', name: 'Loan' }]]),
    required: [],
    additionalProperties: true,
  });
  expect(brief(findings)).toEqual([
    'error parameter-location api/paths/loans.yaml:4:7 /get/parameters/0',
    'error reference-external api/main.yaml:7:3 /paths/~1gone',
  ]);
  expect(
    referredFiles({ name: 'api/main.yaml', content: 'a: { $ref: "x/y.json#/z" }\nb: { $ref: "../w.yaml" }' }),
  ).toEqual(['api/x/y.json', 'w.yaml']);
});

it('says what is wrong with policies, at their place', () => {
  const policy = (templateId: string, parameters: object, section?: string) => ({
    templateId,
    title: 'P',
    parameters: {
      ...Object.fromEntries(
        Object.entries(parameters).map(([name, value]) => [`x-ms-apimTemplateParameter.${name}`, value]),
      ),
      ...(section !== undefined && { 'x-ms-apimTemplate-policySection': section }),
    },
  });
  const { findings } = read(
    JSON.stringify(minimal),
    JSON.stringify({
      properties: {
        policyTemplateInstances: [
          policy('setHeader', { name: 'x', value: "@headers('y')", existsAction: 'Skip' }, 'Request'),
          policy('setheader', { name: 'x', value: "@queryParamters('y')", existsAction: 'replace', more: 1 }),
          policy('sethaeder', { name: 'x' }),
          policy('updatenextlink', { nextLinkPropertyName: 'next' }, 'Request'),
          policy('setproperty', {
            newPropertyParentPathTemplate: 'nobody',
            newPropertySubPathTemplate: 'null',
            propertyValuePathTemplate: { a: 1 },
          }),
          policy('setconnectionstatustounauthenticated', { statusCode: 'four' }),
        ],
      },
    }),
  );
  expect(findings.map(({ pointer, message }) => `${pointer.split('/').at(-1)} ${message}`)).toEqual([
    '1 The policy P (setheader): the parameter value cannot be: "@queryParamters(…" refers to nothing that policies know. It was ignored.',
    '1 The policy P (setheader): the parameter existsAction cannot be: it is "replace", which is none of override, skip, append. It was ignored.',
    '1 The policy P (setheader) has no parameter more. It was passed over; check its spelling.',
    '2 The policy P (sethaeder): there is no template sethaeder. It was ignored; check its spelling.',
    '3 The policy P (updatenextlink) does not act there. It can act on Response; it was ignored.',
    '4 The policy P (setproperty): the parameter newPropertyParentPathTemplate cannot be: "nobody" is no path such as @body().items. It was ignored.',
    '4 The policy P (setproperty): the parameter propertyValuePathTemplate cannot be: it should be text. It was ignored.',
    '5 The policy P (setconnectionstatustounauthenticated): the parameter statusCode cannot be: it should be a whole number. It was ignored.',
  ]);
});
