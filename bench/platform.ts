import { type ServerProcess, startServerProcess } from '../e2e/platform/server-process.ts';
import { type SignedInClient, signInWithLink } from '../e2e/platform/signed-in-client.ts';
import { orderDefinition, orderFlow } from './order-connector.ts';

/** A server as `npm start` runs it, with the connector and the flow that are measured. */
export type BenchPlatform = {
  readonly server: ServerProcess;
  readonly client: SignedInClient;
  /** Path of the order operation on the runtime API. */
  readonly runtimePath: string;
  readonly callbackUrl: string;
};

const environment = '~default';
const filter = `api-version=2016-11-01&$filter=${encodeURIComponent(`environment eq '${environment}'`)}`;

export async function startPlatform(upstreamOrigin: string): Promise<BenchPlatform> {
  const server = await startServerProcess({ environment: { PATCHBAY_SEED: 'environment' } });
  const client = await signInWithLink(server.signInLink());
  const connector = (await must(client, 'POST', '/api/connectors/import', {
    environment,
    definition: orderDefinition(upstreamOrigin),
  })) as { readonly name: string };
  const connection = crypto.randomUUID().replaceAll('-', '');
  await must(
    client,
    'PUT',
    `/providers/Microsoft.PowerApps/apis/${connector.name}/connections/${connection}?${filter}`,
    {
      properties: {
        displayName: 'Orders',
        connectionParameters: { api_key: 'a-key-for-the-bench' },
        environment: { name: environment },
      },
    },
  );
  const flows = `/providers/Microsoft.ProcessSimple/environments/${environment}/flows`;
  const flow = (await must(client, 'POST', `${flows}?api-version=2016-11-01`, {
    properties: {
      displayName: 'Order names',
      definition: orderFlow(connector.name),
      state: 'Started',
      connectionReferences: {
        orders: { connectionName: connection, id: `/providers/Microsoft.PowerApps/apis/${connector.name}` },
      },
    },
  })) as { readonly name: string };
  const callback = (await must(
    client,
    'POST',
    `${flows}/${flow.name}/triggers/manual/listCallbackUrl?api-version=2016-11-01`,
    {},
  )) as { readonly response: { readonly value: string } };
  return {
    server,
    client,
    runtimePath: `/apim/${connector.name.replace(/^shared_/, '')}/${connection}/orders/42`,
    callbackUrl: callback.response.value,
  };
}

async function must(client: SignedInClient, method: string, path: string, body: unknown): Promise<unknown> {
  const answer = await client.send(method, path, body);
  if (answer.status < 300) return answer.body;
  throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}
