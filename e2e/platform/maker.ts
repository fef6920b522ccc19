import type { SignedInClient } from './signed-in-client.ts';

/** What a maker does with a server, over the surface that existing clients use. Everything is made in the default environment. */

const environment = '~default';
const version = 'api-version=2016-11-01';
const filter = `${version}&$filter=${encodeURIComponent(`environment eq '${environment}'`)}`;
const flows = `/providers/Microsoft.ProcessSimple/environments/${environment}/flows`;

/** Sends a request that must succeed and answers the body. */
async function must(client: SignedInClient, method: string, path: string, body?: unknown): Promise<unknown> {
  const answer = await client.send(method, path, body);
  if (answer.status < 300) return answer.body;
  throw new Error(`${method} ${path} answered ${answer.status}: ${JSON.stringify(answer.body)}`);
}

/** Lets as much go out on every connection as comes: what is measured is the platform, not the pace that it keeps. */
export async function liftLimits(client: SignedInClient): Promise<void> {
  await must(client, 'PUT', `/api/environments/${environment}/limits`, {
    requestsPerMinute: 0,
    concurrentRequests: 0,
    maxWaitMs: 0,
  });
}

/** Makes a connector of the properties of `apiProperties.json` with the definition as `openApiDefinition`; answers its name. */
export async function createConnector(client: SignedInClient, properties: object): Promise<string> {
  const body = { properties: { ...properties, environment: { name: environment } } };
  const created = await must(client, 'POST', `/providers/Microsoft.PowerApps/apis?${filter}`, body);
  return (created as { readonly name: string }).name;
}

/** Makes a connection from values for the connector's connection parameters; answers its name. */
export async function createConnection(client: SignedInClient, connector: string, values: object): Promise<string> {
  const name = crypto.randomUUID().replaceAll('-', '');
  await must(client, 'PUT', `/providers/Microsoft.PowerApps/apis/${connector}/connections/${name}?${filter}`, {
    properties: { displayName: connector, connectionParameters: values, environment: { name: environment } },
  });
  return name;
}

/** Deploys a flow and starts it; `connections` maps a connection reference to connector and connection. Answers its id. */
export async function deployFlow(
  client: SignedInClient,
  displayName: string,
  definition: object,
  connections: { readonly [reference: string]: { readonly connector: string; readonly connection: string } } = {},
): Promise<string> {
  const references = Object.entries(connections).map(([reference, { connector, connection }]) => [
    reference,
    { connectionName: connection, id: `/providers/Microsoft.PowerApps/apis/${connector}`, source: 'Embedded' },
  ]);
  const created = await must(client, 'POST', `${flows}?${version}`, {
    properties: {
      displayName,
      definition,
      state: 'Started',
      connectionReferences: Object.fromEntries(references),
    },
  });
  return (created as { readonly name: string }).name;
}

/** The path of something of a flow. */
export function flowUrl(flow: string, path: string): string {
  return `${flows}/${flow}/${path}?${version}`;
}

/** The signed address that starts a flow through its trigger. */
export async function callbackUrl(client: SignedInClient, flow: string, trigger: string): Promise<string> {
  const answer = await must(client, 'POST', `${flows}/${flow}/triggers/${trigger}/listCallbackUrl?${version}`, {});
  return (answer as { readonly response: { readonly value: string } }).response.value;
}

export type FinishedRun = {
  readonly status: string;
  /** By name, in definition order. */
  readonly actions: { readonly [name: string]: FinishedAction };
};

export type FinishedAction = {
  readonly status: string;
  readonly error?: { readonly code: string; readonly message: string };
};

type RunPage = {
  readonly status: string;
  readonly actions: readonly (FinishedAction & { readonly name: string })[];
};

/** Runs a flow once through its trigger and waits for it to finish. */
export async function runFlow(client: SignedInClient, flow: string, trigger: string): Promise<FinishedRun> {
  const started = await must(client, 'POST', `/api/flows/${flow}/triggers/${trigger}/run`, {});
  const { runId } = started as { readonly runId: string };
  for (;;) {
    const page = (await must(client, 'GET', `/api/flows/${flow}/runs/${runId}`)) as RunPage;
    if (page.status !== 'Running' && page.status !== 'Waiting') {
      return { status: page.status, actions: Object.fromEntries(page.actions.map((one) => [one.name, one])) };
    }
    await new Promise((wake) => setTimeout(wake, 50));
  }
}
