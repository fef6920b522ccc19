import { environmentFilter } from './environment-filter.ts';
import type { ServerClient } from './server-client.ts';

/** A connector as lists show it. */
export type ListedConnector = { readonly name: string; readonly displayName: string; readonly changedTime: string };

/** The connectors of an environment, the default one unless told. */
export async function listConnectors(
  client: ServerClient,
  environment: string | undefined,
): Promise<readonly ListedConnector[]> {
  const filter = environmentFilter(environment, "IsCustomApi eq 'True'");
  const { value } = (await client.get(`/providers/Microsoft.PowerApps/apis?${filter}`)) as {
    readonly value: readonly Api[];
  };
  return value.map(({ name, properties: { displayName, changedTime } }) => ({ name, displayName, changedTime }));
}

type Api = {
  readonly name: string;
  readonly properties: { readonly displayName: string; readonly changedTime: string };
};
