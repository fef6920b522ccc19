import { CommandError } from '../terminal.ts';
import type { ServerClient } from './server-client.ts';

/** An environment as lists show it. */
export type ListedEnvironment = { readonly name: string; readonly displayName: string; readonly isDefault: boolean };

export async function listEnvironments(client: ServerClient): Promise<readonly ListedEnvironment[]> {
  const answer = await client.get('/providers/Microsoft.PowerApps/environments?api-version=2016-11-01');
  return (answer as { readonly value: readonly Environment[] }).value.map(({ name, properties }) => ({
    name,
    displayName: properties.displayName,
    isDefault: properties.isDefault,
  }));
}

/** The environment that a person means: by name or display name; nothing and `~default` mean the default one. */
export async function chooseEnvironment(client: ServerClient, given: string | undefined): Promise<ListedEnvironment> {
  const environments = await listEnvironments(client);
  const isDefaultMeant = given === undefined || given.toLowerCase() === '~default';
  const found = isDefaultMeant
    ? environments.find(({ isDefault }) => isDefault)
    : (environments.find(({ name }) => name === given) ??
      environments.find(({ displayName }) => displayName === given));
  if (found !== undefined) return found;
  throw new CommandError(
    3,
    `${client.server} has no environment "${given}". \`patchbay environment list\` lists them.`,
  );
}

type Environment = {
  readonly name: string;
  readonly properties: { readonly displayName: string; readonly isDefault: boolean };
};
