import { environmentFilter } from './environment-filter.ts';
import type { ServerClient } from './server-client.ts';

/** A connection as lists show it. */
export type ListedConnection = {
  readonly name: string;
  readonly displayName: string;
  /** The connector's name. */
  readonly connector: string;
  readonly status: string;
};

/** The connections of an environment, the default one unless told. */
export async function listConnections(
  client: ServerClient,
  environment: string | undefined,
): Promise<readonly ListedConnection[]> {
  const answer = await client.get(`/providers/Microsoft.PowerApps/connections?${environmentFilter(environment)}`);
  return (answer as { readonly value: readonly Connection[] }).value.map(({ name, properties }) => ({
    name,
    displayName: properties.displayName,
    connector: properties.apiId.split('/').at(-1) ?? '',
    status: properties.statuses[0]?.status ?? 'Unknown',
  }));
}

type Connection = {
  readonly name: string;
  readonly properties: {
    readonly displayName: string;
    readonly apiId: string;
    readonly statuses: readonly { readonly status: string }[];
  };
};
