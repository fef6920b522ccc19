/** The connector and the flow that are measured: one order of an API, by key. */
export function orderDefinition(upstreamOrigin: string): object {
  return {
    swagger: '2.0',
    info: { title: 'Orders', version: '1.0', description: 'The orders that the bench asks for.' },
    host: new URL(upstreamOrigin).host,
    basePath: '/',
    schemes: ['http'],
    securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'x-api-key' } },
    security: [{ api_key: [] }],
    paths: {
      '/orders/{id}': {
        get: {
          operationId: 'GetOrder',
          summary: 'Get an order',
          produces: ['application/json'],
          parameters: [{ name: 'id', in: 'path', required: true, type: 'integer' }],
          responses: { 200: { description: 'The order', schema: { type: 'object' } } },
        },
      },
    },
  };
}

/** Webhook → connector call → transform → respond, as the hand-written baseline does it. */
export function orderFlow(connectorName: string): object {
  return {
    ...emptyDefinition,
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions: {
      Get_order: {
        type: 'OpenApiConnection',
        inputs: {
          host: {
            apiId: `/providers/Microsoft.PowerApps/apis/${connectorName}`,
            connectionName: 'orders',
            operationId: 'GetOrder',
          },
          parameters: { id: "@triggerBody()['orderId']" },
        },
        runAfter: {},
      },
      Names: {
        type: 'Select',
        inputs: { from: "@body('Get_order')['items']", select: "@toUpper(item()['name'])" },
        runAfter: { Get_order: ['Succeeded'] },
      },
      Response: {
        type: 'Response',
        kind: 'Http',
        inputs: {
          statusCode: 200,
          headers: { 'content-type': 'application/json' },
          body: {
            orderId: "@triggerBody()['orderId']",
            count: "@length(body('Get_order')['items'])",
            names: "@body('Names')",
          },
        },
        runAfter: { Names: ['Succeeded'] },
      },
    },
  };
}

/** Ten pure actions, each after the one before. */
export function composeFlow(): object {
  const actions: Record<string, object> = {};
  for (let index = 1; index <= 10; index += 1) {
    actions[`Compose_${index}`] = {
      type: 'Compose',
      inputs: index === 1 ? "@triggerBody()?['name']" : `@concat(outputs('Compose_${index - 1}'), '.')`,
      runAfter: index === 1 ? {} : { [`Compose_${index - 1}`]: ['Succeeded'] },
    };
  }
  return { ...emptyDefinition, triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } }, actions };
}

const emptyDefinition = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  parameters: {},
  outputs: {},
};
