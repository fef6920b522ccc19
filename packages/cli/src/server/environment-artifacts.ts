import type { ArtifactKind } from '@patchbay/workflow';
import type { ServerClient } from './server-client.ts';

/** A schema, map, partner or agreement of an environment, without what is in it. */
export type ListedArtifact = {
  readonly kind: ArtifactKind;
  readonly name: string;
  readonly contentType: string;
  readonly changedAt: string;
};

export async function listArtifacts(client: ServerClient, environment: string): Promise<readonly ListedArtifact[]> {
  const answer = await client.get(`/api/environments/${encodeURIComponent(environment)}/artifacts`);
  return (answer as { readonly artifacts: readonly ListedArtifact[] }).artifacts;
}

export function artifactPath(environment: string, kind: ArtifactKind, name: string): string {
  return `/api/environments/${encodeURIComponent(environment)}/artifacts/${kind}/${encodeURIComponent(name)}`;
}
