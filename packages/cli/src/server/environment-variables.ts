import type { ServerClient } from './server-client.ts';

/** A variable of an environment: a secret without its value. */
export type Variable = { readonly name: string; readonly isSecret: boolean; readonly value?: string };

export async function listVariables(client: ServerClient, environment: string): Promise<readonly Variable[]> {
  const answer = await client.get(`/api/environments/${encodeURIComponent(environment)}/variables`);
  return (answer as { readonly variables: readonly Variable[] }).variables;
}

export function variablePath(environment: string, variable: string): string {
  return `/api/environments/${encodeURIComponent(environment)}/variables/${encodeURIComponent(variable)}`;
}
