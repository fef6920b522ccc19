import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import type { ConnectorModel, JsonObject } from '../../model.ts';
import { readConnector } from '../../read-connector.ts';
import { writeText } from '../document-text.ts';
import { writeOpenApi } from './write-openapi.ts';

function read(document: JsonObject): ConnectorModel {
  const { model } = readConnector({ definition: { name: 'def.json', content: JSON.stringify(document) } });
  if (model === undefined) throw new Error('not read');
  return model;
}

const loans: JsonObject = {
  swagger: '2.0',
  info: { title: 'Loans', version: '1' },
  host: 'api.test',
  basePath: '/v1',
  schemes: ['https', 'http'],
  produces: ['application/json'],
  tags: [{ name: 'Loans', description: 'All of them' }],
  paths: {
    '/loans/{id}': {
      get: {
        operationId: 'GetLoan',
        summary: 'Get a loan',
        deprecated: true,
        tags: ['Loans'],
        parameters: [
          { name: 'id', in: 'path', required: true, type: 'string', 'x-ms-url-encoding': 'double' },
          { name: 'tags', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'pipes' },
          { name: 'tabs', in: 'query', type: 'array', items: { type: 'string' }, collectionFormat: 'tsv' },
          { name: 'size', in: 'query', type: 'integer', minimum: 0, exclusiveMinimum: true, default: 10 },
        ],
        responses: {
          200: {
            description: 'The loan',
            schema: { $ref: '#/definitions/The loan' },
            examples: { 'application/json': {} },
          },
          404: { description: 'None' },
        },
      },
    },
    '/hooks': {
      'x-ms-notification-content': { schema: { $ref: '#/definitions/The loan' } },
      post: {
        operationId: 'WhenReturned',
        'x-ms-trigger': 'single',
        parameters: [
          {
            name: 'hook',
            in: 'body',
            required: true,
            schema: { type: 'object', properties: { url: { type: 'string', 'x-ms-notification-url': true } } },
          },
        ],
        responses: { 201: { description: 'Subscribed' } },
      },
    },
    '/photos': {
      post: {
        operationId: 'AddPhoto',
        consumes: ['multipart/form-data'],
        parameters: [
          { name: 'photo', in: 'formData', required: true, type: 'file', 'x-ms-summary': 'Photo' },
          { name: 'tags', in: 'formData', type: 'array', items: { type: 'string' } },
        ],
        responses: { 204: { description: 'Added' } },
      },
    },
  },
  definitions: {
    'The loan': { type: 'object', properties: { due: { type: 'string', format: 'date', 'x-nullable': true } } },
  },
  securityDefinitions: {
    'api key': { type: 'apiKey', in: 'header', name: 'X-Key' },
    grant: {
      type: 'oauth2',
      flow: 'accessCode',
      authorizationUrl: 'https://id.test/a',
      tokenUrl: 'https://id.test/t',
      scopes: {},
    },
  },
  security: [{ 'api key': [] }],
};

it('writes OpenAPI 3.1, with what it has no words for', async () => {
  const { document, losses } = writeOpenApi(read(loans));
  expect(losses.map((loss) => `${loss.line}:${loss.column} ${loss.message}`)).toMatchInlineSnapshot(`
    [
      "46:21 OpenAPI 3.1 cannot say that tabs is written as tsv here. Other readers will join its items with commas.",
    ]
  `);
  expect(writeText(document)).toMatchInlineSnapshot(`
    "{
        "openapi": "3.1.1",
        "info": {
            "title": "Loans",
            "version": "1"
        },
        "servers": [
            {
                "url": "https://api.test/v1"
            },
            {
                "url": "http://api.test/v1"
            }
        ],
        "paths": {
            "/loans/{id}": {
                "get": {
                    "operationId": "GetLoan",
                    "summary": "Get a loan",
                    "tags": [
                        "Loans"
                    ],
                    "deprecated": true,
                    "parameters": [
                        {
                            "name": "id",
                            "in": "path",
                            "required": true,
                            "schema": {
                                "type": "string"
                            },
                            "x-ms-url-encoding": "double"
                        },
                        {
                            "name": "tags",
                            "in": "query",
                            "style": "pipeDelimited",
                            "explode": false,
                            "schema": {
                                "type": "array",
                                "items": {
                                    "type": "string"
                                }
                            }
                        },
                        {
                            "name": "tabs",
                            "in": "query",
                            "style": "form",
                            "explode": false,
                            "schema": {
                                "type": "array",
                                "items": {
                                    "type": "string"
                                }
                            },
                            "x-patchbay-collectionFormat": "tsv"
                        },
                        {
                            "name": "size",
                            "in": "query",
                            "schema": {
                                "type": "integer",
                                "default": 10,
                                "exclusiveMinimum": 0
                            }
                        }
                    ],
                    "responses": {
                        "200": {
                            "description": "The loan",
                            "content": {
                                "application/json": {
                                    "schema": {
                                        "$ref": "#/components/schemas/The_loan"
                                    },
                                    "example": {}
                                }
                            }
                        },
                        "404": {
                            "description": "None"
                        }
                    }
                }
            },
            "/hooks": {
                "post": {
                    "operationId": "WhenReturned",
                    "x-ms-trigger": "single",
                    "x-ms-notification-content": {
                        "schema": {
                            "$ref": "#/components/schemas/The_loan"
                        }
                    },
                    "requestBody": {
                        "required": true,
                        "content": {
                            "application/json": {
                                "schema": {
                                    "type": "object",
                                    "properties": {
                                        "url": {
                                            "type": "string",
                                            "x-ms-notification-url": true
                                        }
                                    }
                                }
                            }
                        },
                        "x-bodyName": "hook"
                    },
                    "responses": {
                        "201": {
                            "description": "Subscribed",
                            "content": {
                                "application/json": {}
                            }
                        }
                    },
                    "x-patchbay-consumes": []
                }
            },
            "/photos": {
                "post": {
                    "operationId": "AddPhoto",
                    "requestBody": {
                        "required": true,
                        "content": {
                            "multipart/form-data": {
                                "schema": {
                                    "type": "object",
                                    "required": [
                                        "photo"
                                    ],
                                    "properties": {
                                        "photo": {
                                            "type": "string",
                                            "format": "binary",
                                            "x-ms-summary": "Photo"
                                        },
                                        "tags": {
                                            "type": "array",
                                            "items": {
                                                "type": "string"
                                            }
                                        }
                                    }
                                },
                                "encoding": {
                                    "tags": {
                                        "style": "form",
                                        "explode": false
                                    }
                                }
                            }
                        }
                    },
                    "responses": {
                        "204": {
                            "description": "Added",
                            "content": {
                                "application/json": {}
                            }
                        }
                    },
                    "x-patchbay-consumes": [
                        "multipart/form-data"
                    ]
                }
            }
        },
        "components": {
            "schemas": {
                "The_loan": {
                    "type": "object",
                    "properties": {
                        "due": {
                            "type": [
                                "string",
                                "null"
                            ],
                            "format": "date"
                        }
                    }
                }
            },
            "securitySchemes": {
                "api_key": {
                    "type": "apiKey",
                    "in": "header",
                    "name": "X-Key"
                },
                "grant": {
                    "type": "oauth2",
                    "flows": {
                        "authorizationCode": {
                            "authorizationUrl": "https://id.test/a",
                            "tokenUrl": "https://id.test/t",
                            "scopes": {}
                        }
                    }
                }
            }
        },
        "security": [
            {
                "api_key": []
            }
        ],
        "tags": [
            {
                "name": "Loans",
                "description": "All of them"
            }
        ]
    }
    "
  `);
  const { valid, errors } = await new Validator().validate(JSON.parse(writeText(document)));
  expect({ valid, errors }).toEqual({ valid: true, errors: undefined });
});

it('says the same of operations when it is read back', () => {
  const model = read(loans);
  const back = read(writeOpenApi(model).document);
  const said = ({ operations }: ConnectorModel) =>
    operations.map(({ operationId, method, path, consumes, produces, parameters, body, trigger }) => ({
      operationId,
      method,
      path,
      consumes,
      produces,
      parameters: parameters.map(
        ({ name, in: place, required, collectionFormat, summary, urlEncoding, default: fallback }) => ({
          ...{ name, place, required, collectionFormat, summary, urlEncoding, fallback },
        }),
      ),
      body: body && { name: body.name, required: body.required, schema: body.schema },
      trigger: trigger?.kind,
    }));
  expect(said(back)).toEqual(said(model));
  expect({ server: back.server, schemas: [...back.schemas.values()] }).toEqual({
    server: model.server,
    schemas: [...model.schemas.values()],
  });
});
