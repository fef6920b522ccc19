import type { JsonObject } from '@patchbay/definition';

/** An API that tells of events: by webhook in several dialects, and by lists that are asked for again. */
export function eventsDefinition(host: string): JsonObject {
  const answer = { 200: { description: 'Good.', schema: { type: 'object' } } };
  const hook = (operationId: string, more: JsonObject = {}): JsonObject => ({
    operationId,
    summary: 'When something happens',
    'x-ms-trigger': 'single',
    parameters: [
      {
        name: 'body',
        in: 'body',
        schema: {
          type: 'object',
          properties: {
            topic: { type: 'string' },
            config: {
              type: 'object',
              properties: {
                url: { type: 'string', 'x-ms-notification-url': true, 'x-ms-visibility': 'internal' },
                secret: { type: 'string' },
              },
            },
          },
        },
      },
    ],
    responses: { 201: { description: 'Subscribed.' } },
    ...more,
  });
  const content = { 'x-ms-notification-content': { schema: { type: 'object' } } };
  const after = { name: 'after', in: 'query', type: 'string', 'x-ms-visibility': 'internal' };
  return {
    swagger: '2.0',
    info: { title: 'Events', description: 'Tells of events.', version: '1.0' },
    host,
    basePath: '/v1',
    schemes: ['http'],
    consumes: ['application/json'],
    produces: ['application/json'],
    securityDefinitions: { key: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } },
    security: [{ key: [] }],
    paths: {
      '/hooks': { ...content, post: hook('Subscribe', { 'x-patchbay-event-id': { header: 'X-Event-Id' } }) },
      '/hooks/{id}': {
        delete: {
          operationId: 'Unsubscribe',
          'x-ms-visibility': 'internal',
          parameters: [{ name: 'id', in: 'path', required: true, type: 'string' }],
          responses: answer,
        },
      },
      '/signed-hooks': {
        ...content,
        post: hook('SubscribeSigned', {
          'x-patchbay-webhook-signature': {
            header: 'X-Signature',
            prefix: 'sha256=',
            secretProperty: 'config/secret',
            content: '{timestamp}.{body}',
            timestamp: { header: 'X-Timestamp' },
          },
        }),
      },
      '/pokes': { post: hook('SubscribePokes') },
      '/news': {
        get: {
          operationId: 'OnNews',
          'x-ms-trigger': 'batch',
          'x-ms-trigger-metadata': { mode: 'polling', kind: 'query' },
          parameters: [after],
          responses: answer,
        },
      },
      '/queue': { get: { operationId: 'OnMessage', 'x-ms-trigger': 'single', responses: answer } },
      '/mail': {
        get: {
          operationId: 'OnMail',
          'x-ms-trigger': 'batch',
          'x-ms-notification': { operationId: 'SubscribePokes' },
          responses: answer,
        },
      },
    },
  };
}

export const eventsProperties: JsonObject = {
  connectionParameters: {
    api_key: { type: 'securestring', uiDefinition: { displayName: 'Key', constraints: { required: 'true' } } },
  },
  policyTemplateInstances: [
    {
      templateId: 'pollingtrigger',
      title: 'Poll',
      parameters: {
        'x-ms-apimTemplate-operationName': ['OnNews'],
        'x-ms-apimTemplateParameter.triggerConfig': { after: '@{triggerBody().items[0].id}' },
        'x-ms-apimTemplateParameter.triggerDataPath': '@triggerBody().items',
      },
    },
    {
      templateId: 'setheader',
      title: 'Say who asks',
      parameters: {
        'x-ms-apimTemplateParameter.name': 'X-Asker',
        'x-ms-apimTemplateParameter.value': 'patchbay',
        'x-ms-apimTemplateParameter.existsAction': 'override',
        'x-ms-apimTemplate-policySection': 'Request',
      },
    },
  ],
};
