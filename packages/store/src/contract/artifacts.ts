import type { Artifact, ArtifactKind, ArtifactSource } from '@patchbay/workflow';

/** A schema, map or partner of an environment. */
export type ArtifactRow = Artifact & { readonly environmentId: string; readonly changedAtMs: number };

export interface ArtifactRepository extends ArtifactSource {
  /** By kind and name, without what is in them. */
  list(environmentId: string): Promise<readonly Omit<ArtifactRow, 'environmentId' | 'content' | 'metadata'>[]>;
  /** Replaces one of the same kind and name. */
  put(row: ArtifactRow): Promise<void>;
  delete(environmentId: string, kind: ArtifactKind, name: string): Promise<boolean>;
}
