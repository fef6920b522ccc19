import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readConnector, writeConnector } from '@patchbay/definition';
import { expect, it, onTestFinished } from 'vitest';
import { callbackUrl, createConnection, createConnector, deployFlow } from '../platform/maker.ts';
import { startServerProcess } from '../platform/server-process.ts';
import { signInWithLink } from '../platform/signed-in-client.ts';
import { startOrdersService } from './orders-service.ts';

const wsdl = readFileSync(
  join(import.meta.dirname, '../../packages/connector/src/soap/test-services/orders.wsdl'),
  'utf8',
);

it('calls a SOAP service from a flow: typed values there and back, headers, and a fault that the flow handles', async () => {
  const service = await startOrdersService(wsdl);
  onTestFinished(service.close);
  const server = await startServerProcess({ environment: { PATCHBAY_SEED: 'environment' } });
  onTestFinished(server.dispose);
  const client = await signInWithLink(server.signInLink());
  const { model } = readConnector({
    definition: { name: 'orders.wsdl', content: wsdl.replace('http://127.0.0.1:1/orders', service.url) },
  });
  if (model === undefined) throw new Error('The WSDL was not read.');
  const { definition, properties } = writeConnector(model);
  const connector = await createConnector(client, {
    ...(properties['properties'] as object),
    displayName: 'Orders',
    openApiDefinition: definition,
  });
  const connection = await createConnection(client, connector, {});
  const flow = await deployFlow(client, 'Orders', ordersFlow(connector), { orders: { connector, connection } });
  const answer = await fetch(await callbackUrl(client, flow, 'manual'), { method: 'POST' });
  expect({ status: answer.status, body: await answer.json() }).toEqual({
    status: 200,
    body: {
      placed: {
        number: '9007199254740993',
        total: 20.6,
        accepted: true,
        customer: { '@code': 7, name: 'Ada & <Söhne>', email: null },
        lines: [
          { sku: 'A-1', quantity: 2, price: 10.25 },
          { sku: 'B-2', quantity: 1, price: 0.1 },
        ],
        due: '2026-03-01',
        document: 'YSBmaWxl',
        note: null,
        session: 'of the session',
      },
      byPath: 10,
      refused: {
        statusCode: 500,
        error: {
          code: 'Client.OutOfStock',
          message: 'Nothing is left of NONE',
          detail: { OutOfStock: { sku: 'NONE', left: 0 } },
        },
      },
    },
  });
});

/** Places an order by its operation, one by its path, and one that is refused. */
function ordersFlow(connector: string): object {
  const apiId = `/providers/Microsoft.PowerApps/apis/${connector}`;
  const place = (parameters: object, runAfter: object): object => ({
    type: 'OpenApiConnection',
    inputs: {
      host: { apiId, connectionName: 'orders', operationId: 'PlaceOrder' },
      parameters,
      retryPolicy: { type: 'none' },
    },
    runAfter,
  });
  const order = {
    'body/customer': '@setProperty(json(\'{"name":"Ada & <Söhne>","email":null}\'), \'@code\', 7)',
    'body/lines': [
      { sku: 'A-1', quantity: 2, price: 10.25 },
      { sku: 'B-2', quantity: 1, price: 0.1 },
    ],
    'body/due': "@formatDateTime('2026-03-01', 'yyyy-MM-dd')",
    'body/document': "@base64('a file')",
    'body/note': null,
    'body/#headers/Session/token': 'of the session',
  };
  return {
    $schema:
      'https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#',
    contentVersion: '1.0.0.0',
    parameters: { $connections: { defaultValue: {}, type: 'Object' } },
    triggers: { manual: { type: 'Request', kind: 'Http', inputs: { schema: {} } } },
    actions: {
      Place: place(order, {}),
      By_path: {
        type: 'ApiConnection',
        inputs: {
          host: { connection: { name: "@parameters('$connections')['orders']['connectionId']" } },
          method: 'post',
          path: '/PlaceOrder',
          body: {
            customer: "@body('Place')['customer']",
            lines: [{ sku: 'C', quantity: 1, price: 10 }],
            due: '2026-03-01',
            note: null,
          },
        },
        runAfter: { Place: ['Succeeded'] },
      },
      Refused: place({ ...order, 'body/lines': [{ sku: 'NONE', quantity: 1, price: 1 }] }, { By_path: ['Succeeded'] }),
      Answer: {
        type: 'Response',
        kind: 'Http',
        inputs: {
          statusCode: 200,
          body: {
            placed: "@body('Place')",
            byPath: "@body('By_path')['total']",
            refused: {
              statusCode: "@outputs('Refused')['statusCode']",
              error: "@body('Refused')['error']",
            },
          },
        },
        runAfter: { Refused: ['Failed'] },
      },
    },
    outputs: {},
  };
}
