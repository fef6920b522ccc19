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
      '/orders/{id}': { get: orderOperation('GetOrder', 'Get an order') },
      '/late/orders/{id}': { get: orderOperation('GetLateOrder', 'Get an order of a slow service') },
      '/files/{bytes}': { get: fileOperation('GetFile', 'Get a file'), put: fileOperation('PutFile', 'Put a file') },
    },
  };
}

function orderOperation(operationId: string, summary: string): object {
  return {
    operationId,
    summary,
    produces: ['application/json'],
    parameters: [{ name: 'id', in: 'path', required: true, type: 'integer' }],
    responses: { 200: { description: 'The order', schema: { type: 'object' } } },
  };
}

function fileOperation(operationId: string, summary: string): object {
  return {
    operationId,
    summary,
    consumes: ['application/octet-stream'],
    produces: ['application/octet-stream'],
    parameters: [{ name: 'bytes', in: 'path', required: true, type: 'integer' }],
    responses: { 200: { description: 'The file', schema: { type: 'string', format: 'binary' } } },
  };
}

/** Three policies as a real connector has them: who calls, which version, and where the operation is by now. */
export function orderPolicies(): readonly object[] {
  const policy = (templateId: string, title: string, parameters: object): object => ({
    templateId,
    title,
    parameters: { ...parameters, 'x-ms-apimTemplate-policySection': 'Request' },
  });
  return [
    policy('setheader', 'Say who calls', {
      'x-ms-apimTemplateParameter.name': 'x-client',
      'x-ms-apimTemplateParameter.value': "order-desk @connectionParameters('api_key')",
      'x-ms-apimTemplateParameter.existsAction': 'override',
    }),
    policy('setqueryparameter', 'Say which version', {
      'x-ms-apimTemplateParameter.name': 'api-version',
      'x-ms-apimTemplateParameter.value': '2026-11-01',
      'x-ms-apimTemplateParameter.existsAction': 'override',
    }),
    policy('routerequesttoendpoint', 'Ask the new address', {
      'x-ms-apimTemplateParameter.newPath': '/archive/orders/{id}',
      'x-ms-apimTemplateParameter.httpMethod': '@Request.OriginalHTTPMethod',
      'x-ms-apimTemplate-operationName': ['GetOrder'],
    }),
  ];
}

/** Webhook → connector call → transform → respond, as the hand-written baseline does it. */
export function orderFlow(connectorName: string): object {
  return {
    ...emptyDefinition,
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions: {
      Get_order: orderCall(connectorName, 'GetOrder', "@triggerBody()['orderId']"),
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

function orderCall(connectorName: string, operationId: string, id: string): object {
  return {
    type: 'OpenApiConnection',
    inputs: {
      host: { apiId: `/providers/Microsoft.PowerApps/apis/${connectorName}`, connectionName: 'orders', operationId },
      parameters: { id },
    },
    runAfter: {},
  };
}

/** As many calls as the trigger's body says, fifty at a time, and then the answer. */
export function callsFlow(connectorName: string, operationId: string): object {
  return {
    ...emptyDefinition,
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions: {
      Each: {
        type: 'Foreach',
        foreach: "@range(0, triggerBody()['count'])",
        actions: { Get_order: orderCall(connectorName, operationId, '@item()') },
        runtimeConfiguration: { concurrency: { repetitions: 50 } },
        runAfter: {},
      },
      Response: { type: 'Response', kind: 'Http', inputs: { statusCode: 200 }, runAfter: { Each: ['Succeeded'] } },
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

export const emptyDefinition = {
  $schema: 'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
  contentVersion: '1.0.0.0',
  parameters: {},
  outputs: {},
};
