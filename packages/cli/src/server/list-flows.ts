import { chooseNamed } from './choose-named.ts';
import { chooseEnvironment } from './list-environments.ts';
import type { ServerClient } from './server-client.ts';

/** A flow as lists show it. */
export type ListedFlow = { readonly name: string; readonly displayName: string; readonly state: string };

/** Where a flow is on the management surface. */
export type FlowPlace = ListedFlow & { readonly path: string };

const version = 'api-version=2016-11-01';

/** The flows of an environment, the default one unless told. */
export async function listFlows(client: ServerClient, environment: string | undefined): Promise<readonly FlowPlace[]> {
  const flows = await flowsPath(client, environment);
  const answer = (await client.get(`${flows}?${version}`)) as { readonly value: readonly Flow[] };
  return answer.value.map(({ name, properties: { displayName, state } }) => ({
    name,
    displayName,
    state,
    path: `${flows}/${encodeURIComponent(name)}`,
  }));
}

/** Where the flows of an environment are. */
async function flowsPath(client: ServerClient, environment: string | undefined): Promise<string> {
  const { name } = await chooseEnvironment(client, environment);
  return `/providers/Microsoft.ProcessSimple/environments/${encodeURIComponent(name)}/flows`;
}

/** Where a new flow of an environment is sent to. */
export async function newFlowPath(client: ServerClient, environment: string | undefined): Promise<string> {
  return `${await flowsPath(client, environment)}?${version}`;
}

/** The flow that a person means. */
export async function chooseFlow(
  client: ServerClient,
  environment: string | undefined,
  given: string,
): Promise<FlowPlace> {
  return chooseNamed(client, 'flow', await listFlows(client, environment), given);
}

/** A path below a flow, as requests take it. */
export function belowFlow({ path }: FlowPlace, ...segments: readonly string[]): string {
  return `${[path, ...segments.map(encodeURIComponent)].join('/')}?${version}`;
}

type Flow = {
  readonly name: string;
  readonly properties: { readonly displayName: string; readonly state: string };
};
