import type { JsonObject } from '@patchbay/definition';

/** A small API behind an API key, described: things that can be listed, read, made, and a file. */
export function thingsDefinition(host: string): JsonObject {
  const id = { name: 'id', in: 'path', required: true, type: 'string' };
  const json = { 200: { description: 'Good.', schema: { type: 'object' } } };
  return {
    swagger: '2.0',
    info: { title: 'Things', description: 'Keeps things.', version: '1.0' },
    host,
    basePath: '/v1',
    schemes: ['http'],
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } },
    security: [{ key: [] }],
    paths: {
      '/things': {
        get: { operationId: 'ListThings', summary: 'List things', responses: json },
        post: {
          operationId: 'CreateThing',
          summary: 'Make a thing',
          parameters: [{ name: 'body', in: 'body', schema: { type: 'object' } }],
          responses: json,
        },
      },
      '/things/{id}': {
        get: { operationId: 'GetThing', summary: 'Get a thing', parameters: [id], responses: json },
      },
      '/files/{id}': {
        get: { operationId: 'GetFile', parameters: [id], produces: ['application/octet-stream'], responses: json },
        put: { operationId: 'PutFile', parameters: [id], consumes: ['application/octet-stream'], responses: json },
      },
    },
  };
}

/** The key that callers of it send. */
export const thingsKey = 'things-key-5b1f0c77';

/** `apiProperties.json` of the same: one secret. */
export const thingsProperties: JsonObject = {
  connectionParameters: {
    api_key: { type: 'securestring', uiDefinition: { displayName: 'Key', constraints: { required: 'true' } } },
  },
  iconBrandColor: '#2e8b57',
};

/** A flow with a request trigger and these actions. */
export function flowOf(actions: JsonObject, more: JsonObject = {}): JsonObject {
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions,
    ...more,
  };
}

/** An action that calls an operation of the connection reference `things`, once. */
export function callThings(apiId: string, operationId: string, parameters: JsonObject = {}): JsonObject {
  return {
    type: 'OpenApiConnection',
    inputs: { host: { apiId, connectionName: 'things', operationId }, parameters, retryPolicy: { type: 'none' } },
    runAfter: {},
  };
}
