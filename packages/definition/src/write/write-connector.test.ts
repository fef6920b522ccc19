import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ConnectorModel, JsonObject, JsonValue } from '../model.ts';
import { readConnector } from '../read-connector.ts';
import { writeText } from './document-text.ts';
import { modelDifference } from './model-difference.ts';
import { definitionName, propertiesName, writeConnector } from './write-connector.ts';

function read(definition: JsonObject, properties?: JsonObject): ConnectorModel {
  const { model } = readConnector({
    definition: { name: definitionName, content: JSON.stringify(definition) },
    ...(properties !== undefined && { properties: { name: propertiesName, content: JSON.stringify(properties) } }),
  });
  if (model === undefined) throw new Error('not read');
  return model;
}

function readBack(model: ConnectorModel): ConnectorModel {
  const { definition, properties } = writeConnector(model);
  return read(definition, properties);
}

const loans: JsonObject = {
  swagger: '2.0',
  info: {
    version: '1.0',
    title: 'Loans',
    contact: { name: 'Ada', 'x-team': 'desk' },
    'x-ms-keywords': ['books'],
  },
  host: 'api.test',
  basePath: '/v1',
  schemes: ['https'],
  produces: ['application/json'],
  parameters: {
    Id: {
      name: 'id',
      in: 'path',
      required: true,
      type: 'string',
      'x-ms-summary': 'Loan',
      'x-ms-url-encoding': 'double',
    },
  },
  paths: {
    '/loans/{id}': {
      'x-owner': 'desk',
      parameters: [{ $ref: '#/parameters/Id' }],
      get: {
        operationId: 'GetLoan',
        summary: 'Get a loan',
        'x-ms-visibility': 'important',
        parameters: [
          { name: 'fields', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' },
        ],
        responses: {
          200: {
            description: 'The loan',
            schema: { $ref: '#/definitions/Loan' },
            headers: { ETag: { type: 'string', description: 'Version' } },
            examples: { 'application/json': { title: 'Emma' } },
          },
        },
      },
    },
    '/hooks': {
      'x-ms-notification-content': { description: 'A return', schema: { $ref: '#/definitions/Loan' } },
      post: {
        operationId: 'WhenReturned',
        'x-ms-trigger': 'single',
        produces: [],
        parameters: [
          {
            name: 'body',
            in: 'body',
            required: true,
            schema: { type: 'object', properties: { url: { type: 'string', 'x-ms-notification-url': true } } },
          },
          { name: 'branch', in: 'query', type: 'string', 'x-ms-summary': 'branch' },
        ],
        responses: { 201: { description: 'Subscribed' } },
      },
    },
  },
  definitions: {
    Loan: {
      type: 'object',
      required: ['title'],
      properties: { title: { type: 'string', maxLength: 80 }, due: { type: 'string', format: 'date' } },
    },
  },
  securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'X-Key' } },
  security: [{ api_key: [] }],
  'x-ms-connector-metadata': [{ propertyName: 'Website', propertyValue: 'https://api.test' }],
};

const properties: JsonObject = {
  properties: {
    iconBrandColor: '#da3b01',
    capabilities: [],
    connectionParameters: {
      api_key: {
        type: 'securestring',
        uiDefinition: { displayName: 'Key', 'x-note': 'kept', constraints: { tabIndex: 1 } },
      },
    },
    policyTemplateInstances: [
      { templateId: 'setheader', title: 'Tag', parameters: { 'x-ms-apimTemplate-name': 'a' }, type: 'x' },
    ],
    publisher: 'Library',
    script: 'script.csx',
  },
};

it('writes the files of a connector in the order of the ecosystem', () => {
  const written = writeConnector(read(loans, properties));
  expect(written.losses).toEqual([]);
  expect(writeText(written.properties)).toMatchInlineSnapshot(`
    "{
        "properties": {
            "connectionParameters": {
                "api_key": {
                    "type": "securestring",
                    "uiDefinition": {
                        "displayName": "Key",
                        "x-note": "kept",
                        "constraints": {
                            "tabIndex": 1
                        }
                    }
                }
            },
            "iconBrandColor": "#da3b01",
            "capabilities": [],
            "policyTemplateInstances": [
                {
                    "templateId": "setheader",
                    "title": "Tag",
                    "parameters": {
                        "x-ms-apimTemplate-name": "a"
                    },
                    "type": "x"
                }
            ],
            "publisher": "Library",
            "script": "script.csx"
        }
    }
    "
  `);
  expect(writeText(written.definition)).toMatchInlineSnapshot(`
    "{
        "swagger": "2.0",
        "info": {
            "title": "Loans",
            "version": "1.0",
            "contact": {
                "name": "Ada",
                "x-team": "desk"
            },
            "x-ms-keywords": [
                "books"
            ]
        },
        "host": "api.test",
        "basePath": "/v1",
        "schemes": [
            "https"
        ],
        "produces": [
            "application/json"
        ],
        "paths": {
            "/loans/{id}": {
                "x-owner": "desk",
                "get": {
                    "operationId": "GetLoan",
                    "summary": "Get a loan",
                    "x-ms-visibility": "important",
                    "parameters": [
                        {
                            "name": "id",
                            "in": "path",
                            "required": true,
                            "type": "string",
                            "x-ms-summary": "Loan",
                            "x-ms-url-encoding": "double"
                        },
                        {
                            "name": "fields",
                            "in": "query",
                            "type": "array",
                            "items": {
                                "type": "string"
                            },
                            "collectionFormat": "multi"
                        }
                    ],
                    "responses": {
                        "200": {
                            "description": "The loan",
                            "schema": {
                                "$ref": "#/definitions/Loan"
                            },
                            "headers": {
                                "ETag": {
                                    "type": "string",
                                    "description": "Version"
                                }
                            },
                            "examples": {
                                "application/json": {
                                    "title": "Emma"
                                }
                            }
                        }
                    }
                }
            },
            "/hooks": {
                "x-ms-notification-content": {
                    "description": "A return",
                    "schema": {
                        "$ref": "#/definitions/Loan"
                    }
                },
                "post": {
                    "operationId": "WhenReturned",
                    "x-ms-trigger": "single",
                    "produces": [],
                    "parameters": [
                        {
                            "name": "body",
                            "in": "body",
                            "required": true,
                            "schema": {
                                "type": "object",
                                "properties": {
                                    "url": {
                                        "type": "string",
                                        "x-ms-notification-url": true
                                    }
                                }
                            }
                        },
                        {
                            "name": "branch",
                            "in": "query",
                            "type": "string",
                            "x-ms-summary": "branch"
                        }
                    ],
                    "responses": {
                        "201": {
                            "description": "Subscribed"
                        }
                    }
                }
            }
        },
        "definitions": {
            "Loan": {
                "type": "object",
                "required": [
                    "title"
                ],
                "properties": {
                    "title": {
                        "type": "string",
                        "maxLength": 80
                    },
                    "due": {
                        "type": "string",
                        "format": "date"
                    }
                }
            }
        },
        "securityDefinitions": {
            "api_key": {
                "type": "apiKey",
                "in": "header",
                "name": "X-Key"
            }
        },
        "security": [
            {
                "api_key": []
            }
        ],
        "x-ms-connector-metadata": [
            {
                "propertyName": "Website",
                "propertyValue": "https://api.test"
            }
        ]
    }
    "
  `);
});

it('reads back what it writes', () => {
  const model = read(loans, properties);
  expect(modelDifference(model, readBack(model))).toBeUndefined();
});

/** What Swagger 2.0 has no words for. */
const modern: JsonObject = {
  openapi: '3.1.0',
  info: { title: 'Parcels', version: '2' },
  servers: [
    { url: 'https://api.test/v2' },
    {
      url: 'https://{region}.test',
      description: 'By region',
      variables: { region: { default: 'eu', enum: ['eu', 'us'] } },
    },
  ],
  tags: [{ name: 'Parcels' }],
  security: [{ token: [], session: [] }, { oidc: [] }],
  webhooks: {
    moved: {
      post: { requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Parcel' } } } } },
    },
  },
  paths: {
    '/parcels': {
      get: {
        operationId: 'FindParcels',
        servers: [{ url: 'https://search.test' }],
        parameters: [
          {
            name: 'where',
            in: 'query',
            style: 'deepObject',
            schema: { type: 'object', properties: { a: { type: 'string' } } },
          },
          {
            name: 'ids',
            in: 'query',
            style: 'pipeDelimited',
            explode: false,
            schema: { type: 'array', items: { type: 'integer' } },
          },
          { name: 'visit', in: 'cookie', schema: { type: 'string' } },
          { name: 'old', in: 'header', deprecated: true, schema: { type: 'string', title: 'Old' } },
          { name: 'open', in: 'query', schema: {} },
        ],
        responses: {
          '2XX': {
            description: 'Good',
            content: {
              'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Parcel' } } },
            },
          },
        },
      },
      trace: { operationId: 'TraceParcels', responses: { 200: { description: 'Echo' } } },
      post: {
        operationId: 'SendParcel',
        requestBody: {
          content: {
            'multipart/form-data': {
              schema: {
                type: 'object',
                properties: {
                  label: { type: 'object', properties: { to: { type: 'string' } } },
                  photo: { type: 'string', format: 'binary' },
                },
              },
              encoding: { label: { contentType: 'application/json' } },
            },
          },
        },
        responses: { 201: { description: 'Sent' } },
      },
    },
  },
  components: {
    securitySchemes: {
      token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A token.' },
      session: { type: 'apiKey', in: 'cookie', name: 'sid' },
      oidc: { type: 'openIdConnect', openIdConnectUrl: 'https://id.test/.well-known/openid-configuration' },
      digest: { type: 'http', scheme: 'digest' },
      certificate: { type: 'mutualTLS' },
      grant: {
        type: 'oauth2',
        flows: {
          authorizationCode: {
            authorizationUrl: 'https://id.test/a',
            tokenUrl: 'https://id.test/t',
            refreshUrl: 'https://id.test/r',
            scopes: { read: 'Read' },
          },
          clientCredentials: { tokenUrl: 'https://id.test/t', scopes: {} },
        },
      },
    },
    schemas: {
      Parcel: {
        oneOf: [{ $ref: '#/components/schemas/Box' }, { $ref: '#/components/schemas/Tube' }],
        discriminator: { propertyName: 'kind', mapping: { box: '#/components/schemas/Box' } },
      },
      Box: {
        type: 'object',
        properties: {
          weight: { type: 'number', exclusiveMinimum: 0, maximum: 30 },
          note: { type: ['string', 'null'], deprecated: true },
          code: { type: ['string', 'integer'] },
          secret: { type: 'string', writeOnly: true },
          nothing: { type: 'null' },
          other: { not: { type: 'string' } },
        },
      },
      Tube: { type: 'object', additionalProperties: { anyOf: [{ type: 'string' }, { type: 'null' }] } },
    },
  },
};

it('keeps what Swagger 2.0 has no words for, so that it reads back the same', () => {
  const model = read(modern);
  const back = readBack(model);
  expect(modelDifference(model, back)).toBeUndefined();
  const text = JSON.stringify(back, (name, value: unknown) =>
    name === 'pointer' ? undefined : value instanceof Map ? Object.fromEntries(value) : value,
  );
  expect(text).not.toContain('x-patchbay');
});

it('keeps how an operation pages, as it was written', () => {
  const pagination = { style: 'cursor', parameter: 'after', next: 'meta.next', items: 'items' };
  const operation = {
    operationId: 'List',
    'x-patchbay-pagination': pagination,
    responses: { 200: { description: '' } },
  };
  const model = read({
    swagger: '2.0',
    info: { title: 'Rows', version: '1' },
    host: 'api.test',
    paths: { '/rows': { get: operation } },
  });
  const pages = (one: ConnectorModel) => one.operations.map(({ extensions }) => extensions);
  expect([pages(model), pages(readBack(model))]).toEqual([
    [{ 'x-patchbay-pagination': pagination }],
    [{ 'x-patchbay-pagination': pagination }],
  ]);
});

it('says what other readers will not see, and where in the written text', () => {
  const { definition, losses } = writeConnector(read(modern));
  const lines = writeText(definition).split('\n');
  const shown = losses.map(({ code, pointer, line, column }) => {
    const text = lines[line - 1]?.slice(column - 1).slice(0, 40);
    return `${code} ${pointer} ${text}`;
  });
  expect(shown.join('\n')).toMatchInlineSnapshot(`
    "operation-server /paths/~1parcels/get "get": {
    parameter-shape /paths/~1parcels/get/parameters/0 {
    parameter-style /paths/~1parcels/get/parameters/0 {
    cookie-parameter /paths/~1parcels/get/x-patchbay-parameters/0 {
    parameter-deprecated /paths/~1parcels/get/parameters/2 {
    parameter-type-assumed /paths/~1parcels/get/parameters/3 {
    parameter-style /paths/~1parcels/get/parameters/3 {
    response-range /paths/~1parcels/get/responses/x-patchbay-2XX "x-patchbay-2XX": {
    parameter-shape /paths/~1parcels/post/parameters/0 {
    parameter-style /paths/~1parcels/post/parameters/0 {
    parameter-part /paths/~1parcels/post/parameters/0 {
    operation-method /x-patchbay-operations/0 {
    other-servers /x-patchbay-servers "x-patchbay-servers": [
    schema-choice /definitions/Parcel "Parcel": {
    schema-discriminator-mapping /definitions/Parcel "Parcel": {
    schema-nullable /definitions/Box/properties/note "note": {
    schema-deprecated /definitions/Box/properties/note "note": {
    schema-choice /definitions/Box/properties/code "code": {
    schema-write-only /definitions/Box/properties/secret "secret": {
    schema-null /definitions/Box/properties/nothing "nothing": {
    schema-keyword /definitions/Box/properties/other "other": {
    schema-nullable /definitions/Tube/additionalProperties "additionalProperties": {
    security-left-out /x-patchbay-securityDefinitions/session "session": {
    security-left-out /x-patchbay-securityDefinitions/certificate "certificate": {
    security-as-header /securityDefinitions/token "token": {
    security-as-header /securityDefinitions/oidc "oidc": {
    security-as-header /securityDefinitions/digest "digest": {
    security-flows /securityDefinitions/grant "grant": {
    security-requirement /x-patchbay-security "x-patchbay-security": [
    webhook /x-patchbay-webhooks/0 {"
  `);
});

it.each([
  ['a connector of Swagger 2.0', loans],
  ['a description of OpenAPI 3.1', modern],
])('writes valid Swagger 2.0 of %s', async (_, document) => {
  const { definition } = writeConnector(read(document));
  const { valid, errors } = await new Validator().validate(JSON.parse(writeText(definition)));
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
});

it('writes operations whose place is taken, or whose method Swagger 2.0 does not have, aside and in order', () => {
  const model = read(modern);
  const [find, trace] = model.operations;
  if (find === undefined || trace === undefined) throw new Error('not read');
  const twice = {
    ...model,
    operations: [trace, { ...find, operationId: 'Again' }, ...model.operations.slice(2), find],
  };
  expect(readBack(twice).operations.map((one) => `${one.operationId} ${one.method} ${one.path}`)).toEqual([
    'TraceParcels trace /parcels',
    'Again get /parcels',
    'SendParcel post /parcels',
    'FindParcels get /parcels',
  ]);
});

it('gives the same model back whatever a description says', () => {
  fc.assert(
    fc.property(documents, (document) => {
      const { model } = readConnector({ definition: { name: 'def.json', content: JSON.stringify(document) } });
      if (model === undefined) return;
      expect(modelDifference(model, readBack(model))).toBeUndefined();
    }),
    { seed: 20, numRuns: 300 },
  );
});

const names = fc.constantFrom('a', 'b', 'body', '__proto__', 'x-y', 'a/b~c%d', 'é', '1');
const texts = fc.constantFrom('', 'a', 'Some text.', '{a}', 'toString');
const scalars = fc.oneof(texts, fc.boolean(), fc.integer(), fc.constant(null));
const kinds = fc.constantFrom('string', 'integer', 'number', 'boolean', 'array', 'object', 'file', 'null', 'odd');

const { schema } = fc.letrec<{ schema: JsonValue }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, depthSize: 'xsmall', withCrossShrink: true },
    fc.record({ type: kinds }),
    fc.record({
      $ref: fc.constantFrom('#/definitions/a', '#/definitions/b', '#/definitions/a~1b~0c%25d', '#/nowhere'),
    }),
    fc.record(
      {
        type: fc.oneof(kinds, fc.array(kinds, { maxLength: 3 })),
        properties: fc.dictionary(names, tie('schema'), { maxKeys: 3 }),
        required: fc.array(names, { maxLength: 2 }),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
        items: tie('schema'),
        allOf: fc.array(tie('schema'), { maxLength: 2 }),
        oneOf: fc.array(tie('schema'), { maxLength: 2 }),
        anyOf: fc.array(tie('schema'), { maxLength: 2 }),
        enum: fc.array(scalars, { maxLength: 2 }),
        default: scalars,
        const: scalars,
        title: texts,
        description: scalars,
        format: texts,
        minimum: fc.integer(),
        exclusiveMinimum: fc.oneof(fc.boolean(), fc.integer()),
        nullable: fc.boolean(),
        readOnly: fc.boolean(),
        writeOnly: fc.boolean(),
        deprecated: fc.boolean(),
        discriminator: fc.oneof(
          texts,
          fc.record({ propertyName: texts, mapping: fc.dictionary(names, fc.constantFrom('a', '#/definitions/b')) }),
        ),
        not: fc.constant({ type: 'string' }),
        example: scalars,
        collectionFormat: fc.constantFrom('csv', 'multi', 'odd'),
        'x-ms-summary': scalars,
        'x-ms-visibility': texts,
        'x-own': scalars,
      },
      { requiredKeys: [] },
    ),
  ) as fc.Arbitrary<JsonValue>,
}));

const holder = {
  description: scalars,
  'x-ms-summary': fc.oneof(names, texts),
  'x-ms-visibility': fc.constantFrom('Advanced', 'odd', 'internal'),
  'x-ms-url-encoding': fc.constantFrom('single', 'double'),
  'x-own': scalars,
  required: fc.boolean(),
};

const parameter = fc
  .tuple(
    fc.record({ name: names, in: fc.constantFrom('path', 'query', 'header', 'formData', 'body', 'cookie') }),
    schema,
    fc.record({ ...holder, schema, allowEmptyValue: fc.boolean() }, { requiredKeys: [] }),
  )
  .map(([named, shape, more]) => ({ ...(shape as JsonObject), ...more, ...named }));

const response = fc.record(
  {
    description: texts,
    schema,
    headers: fc.dictionary(names, schema, { maxKeys: 2 }),
    examples: fc.dictionary(names, scalars),
    'x-own': scalars,
  },
  { requiredKeys: [] },
);

const operation = fc.record(
  {
    operationId: names,
    summary: scalars,
    'x-ms-summary': texts,
    description: texts,
    deprecated: fc.boolean(),
    tags: fc.array(names),
    consumes: fc.array(fc.constantFrom('application/json', 'multipart/form-data'), { maxLength: 2 }),
    schemes: fc.array(fc.constantFrom('http', 'https')),
    parameters: fc.array(parameter, { maxLength: 3 }),
    responses: fc.dictionary(fc.constantFrom('200', '404', 'default', '2XX', 'x-own'), response, { maxKeys: 2 }),
    security: fc.array(fc.dictionary(names, fc.array(texts)), { maxLength: 2 }),
    externalDocs: fc.record({ url: texts, description: texts, 'x-own': scalars }, { requiredKeys: [] }),
    'x-ms-trigger': fc.constantFrom('single', 'batch', null, 'odd'),
    'x-ms-trigger-hint': texts,
    'x-ms-notification-content': fc.record({ schema, 'x-own': scalars }, { requiredKeys: [] }),
    'x-ms-visibility': fc.constantFrom('important', ''),
  },
  { requiredKeys: [] },
);

const documents = fc.record(
  {
    swagger: fc.constant('2.0'),
    info: fc.record(
      { title: texts, version: texts, license: fc.record({ 'x-own': scalars }), 'x-own': scalars },
      { requiredKeys: [] },
    ),
    host: fc.constantFrom('api.test', '', 'https://api.test/x', '@environmentVariables("a")'),
    basePath: fc.constantFrom('/', '/v1/', 'v1', '//'),
    schemes: fc.array(fc.constantFrom('http', 'https', 'ws'), { maxLength: 2 }),
    consumes: fc.array(fc.constantFrom('application/json', 'text/plain'), { maxLength: 2 }),
    paths: fc.dictionary(
      fc.constantFrom('/a', 'a', '/a/{a}', '/b', 'x-own'),
      fc.record(
        {
          get: operation,
          POST: operation,
          post: operation,
          parameters: fc.array(parameter, { maxLength: 2 }),
          'x-own': scalars,
          'x-ms-notification-content': fc.record({ schema, description: texts }, { requiredKeys: [] }),
        },
        { requiredKeys: [] },
      ),
      { maxKeys: 2 },
    ),
    definitions: fc.dictionary(names, schema, { maxKeys: 2 }),
    securityDefinitions: fc.dictionary(
      names,
      fc.record(
        {
          type: fc.constantFrom('apiKey', 'basic', 'oauth2', 'odd'),
          in: fc.constantFrom('query', 'header'),
          name: names,
          flow: texts,
          tokenUrl: texts,
          scopes: fc.dictionary(names, texts),
          'x-own': scalars,
        },
        { requiredKeys: [] },
      ),
    ),
    tags: fc.array(fc.record({ name: names, 'x-own': scalars })),
    'x-own': scalars,
  },
  { requiredKeys: ['swagger', 'paths'] },
);
