import { type Artifact, type ArtifactKind, artifactNames, chooseArtifact } from '@patchbay/workflow';
import type { Kysely } from 'kysely';
import type { ArtifactRepository, ArtifactRow } from '../contract.ts';
import type { Database } from '../database.ts';

export function createArtifacts(database: Kysely<Database>): ArtifactRepository {
  return {
    list: async (environmentId) => {
      const rows = await database
        .selectFrom('artifact')
        .select(['kind', 'name', 'content_type', 'changed_at_ms'])
        .where('environment_id', '=', environmentId)
        .orderBy('kind')
        .orderBy('key')
        .execute();
      return rows.map((row) => ({
        kind: kindOf(row.kind),
        name: row.name,
        contentType: row.content_type,
        changedAtMs: row.changed_at_ms,
      }));
    },
    findArtifact: async (environmentId, kind, name) => {
      const rows = await database
        .selectFrom('artifact')
        .selectAll()
        .where('environment_id', '=', environmentId)
        .where('kind', '=', kind)
        .where('stem', '=', artifactNames(name).stem)
        .orderBy('key')
        .execute();
      const found = chooseArtifact(rows, name);
      return found === undefined ? undefined : fromRow(found);
    },
    put: async (row) => {
      const values = toRow(row);
      await database
        .insertInto('artifact')
        .values(values)
        .onConflict((conflict) => conflict.columns(['environment_id', 'kind', 'key']).doUpdateSet(values))
        .execute();
    },
    delete: async (environmentId, kind, name) => {
      const result = await database
        .deleteFrom('artifact')
        .where('environment_id', '=', environmentId)
        .where('kind', '=', kind)
        .where('key', '=', artifactNames(name).whole)
        .executeTakeFirst();
      return result.numDeletedRows > 0n;
    },
  };
}

function toRow({
  environmentId,
  kind,
  name,
  contentType,
  content,
  metadata,
  changedAtMs,
}: ArtifactRow): Database['artifact'] {
  const { whole, stem } = artifactNames(name);
  return {
    environment_id: environmentId,
    kind,
    key: whole,
    stem,
    name,
    content_type: contentType,
    content,
    metadata: metadata === undefined ? null : JSON.stringify(metadata),
    changed_at_ms: changedAtMs,
  };
}

function fromRow(row: Database['artifact']): Artifact {
  return {
    kind: kindOf(row.kind),
    name: row.name,
    contentType: row.content_type,
    content: row.content,
    ...(row.metadata !== null && { metadata: JSON.parse(row.metadata) as NonNullable<Artifact['metadata']> }),
  };
}

/** Only kinds are ever written. */
function kindOf(text: string): ArtifactKind {
  return text as ArtifactKind;
}
