import { callbackUrl, createConnection, createConnector, deployFlow, liftLimits } from '../e2e/platform/maker.ts';
import { type ServerProcess, startServerProcess } from '../e2e/platform/server-process.ts';
import { type SignedInClient, signInWithLink } from '../e2e/platform/signed-in-client.ts';
import { orderDefinition, orderFlow, orderPolicies } from './order-connector.ts';

/** A server as `npm start` runs it, with the connector and the flow that are measured. */
export type BenchPlatform = {
  readonly server: ServerProcess;
  readonly client: SignedInClient;
  /** Path of the connection on the runtime API. */
  readonly runtimePath: string;
  /** The same API through a connector with three policies. */
  readonly policedPath: string;
  readonly callbackUrl: string;
  /** The same flow, of which nothing is kept. */
  readonly statelessCallbackUrl: string;
};

export async function startPlatform(upstreamOrigin: string): Promise<BenchPlatform> {
  const server = await startServerProcess({
    environment: { PATCHBAY_SEED: 'environment' },
    program: 'bench/processes/watched-server.ts',
  });
  const client = await signInWithLink(server.signInLink());
  const openApiDefinition = orderDefinition(upstreamOrigin);
  const connectionParameters = { api_key: { type: 'securestring' } };
  const connector = await createConnector(client, { openApiDefinition, connectionParameters });
  const policed = await createConnector(client, {
    openApiDefinition,
    connectionParameters,
    policyTemplateInstances: orderPolicies(),
  });
  await liftLimits(client);
  const connection = await createConnection(client, connector, { api_key: 'a-key-for-the-bench' });
  const policedConnection = await createConnection(client, policed, { api_key: 'a-key-for-the-bench' });
  const connections = { orders: { connector, connection } };
  const flow = await deployFlow(client, 'Order names', orderFlow(connector), connections);
  const stateless = { ...orderFlow(connector), kind: 'Stateless' };
  const statelessFlow = await deployFlow(client, 'Order names, unkept', stateless, connections);
  return {
    server,
    client,
    runtimePath: `/apim/${connector.replace(/^shared_/, '')}/${connection}`,
    policedPath: `/apim/${policed.replace(/^shared_/, '')}/${policedConnection}`,
    callbackUrl: await callbackUrl(client, flow, 'manual'),
    statelessCallbackUrl: await callbackUrl(client, statelessFlow, 'manual'),
  };
}
