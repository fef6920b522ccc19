import type { JsonValue } from '@patchbay/expression';

/** What an environment keeps for its flows besides connections: schemas, maps, and what names trading partners. */
export const artifactKinds = ['agreement', 'assembly', 'certificate', 'map', 'partner', 'schema'] as const;

export type ArtifactKind = (typeof artifactKinds)[number];

export type Artifact = {
  readonly kind: ArtifactKind;
  /** The name as it was given, e.g. `Orders.xsd` or `OrderMap`. */
  readonly name: string;
  readonly contentType: string;
  /** The text of a schema or map; JSON text of a partner or agreement. */
  readonly content: string;
  readonly metadata?: JsonValue;
};

export interface ArtifactSource {
  /**
   * The artifact that an action means: by its name in any case, with or without the extension of a file. `undefined`: there is none.
   */
  findArtifact(environmentId: string, kind: ArtifactKind, name: string): Promise<Artifact | undefined>;
}
