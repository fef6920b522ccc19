import { callbackUrl, createConnection, createConnector, deployFlow, liftLimits } from '../e2e/platform/maker.ts';
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

export async function startPlatform(upstreamOrigin: string): Promise<BenchPlatform> {
  const server = await startServerProcess({ environment: { PATCHBAY_SEED: 'environment' } });
  const client = await signInWithLink(server.signInLink());
  const connector = await createConnector(client, { openApiDefinition: orderDefinition(upstreamOrigin) });
  await liftLimits(client);
  const connection = await createConnection(client, connector, { api_key: 'a-key-for-the-bench' });
  const flow = await deployFlow(client, 'Order names', orderFlow(connector), { orders: { connector, connection } });
  return {
    server,
    client,
    runtimePath: `/apim/${connector.replace(/^shared_/, '')}/${connection}/orders/42`,
    callbackUrl: await callbackUrl(client, flow, 'manual'),
  };
}
