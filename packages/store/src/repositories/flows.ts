import type { Kysely } from 'kysely';
import type { FlowRepository, FlowRevisionRow, FlowRow } from '../contract.ts';
import type { Database } from '../database.ts';

export function createFlows(database: Kysely<Database>): FlowRepository {
  return {
    list: async (environmentId) =>
      (
        await database
          .selectFrom('flow')
          .selectAll()
          .where('environment_id', '=', environmentId)
          .orderBy('display_name')
          .orderBy('id')
          .execute()
      ).map(fromRow),
    listStarted: async () =>
      (await database.selectFrom('flow').selectAll().where('state', '=', 'Started').orderBy('id').execute()).map(
        fromRow,
      ),
    find: async (id) => {
      const row = await database.selectFrom('flow').selectAll().where('id', '=', id).executeTakeFirst();
      return row && fromRow(row);
    },
    insert: async (row, revision) => {
      await database.transaction().execute(async (transaction) => {
        await transaction.insertInto('flow').values(toRow(row)).execute();
        await transaction.insertInto('flow_revision').values(toRevisionRow(revision)).execute();
      });
    },
    revise: (row, revision) =>
      database.transaction().execute(async (transaction) => {
        const { id, created_by: _by, created_at_ms: _at, ...change } = toRow(row);
        const result = await transaction
          .updateTable('flow')
          .set(change)
          .where('id', '=', id)
          .where('revision', '=', row.revision - 1)
          .executeTakeFirst();
        if (result.numUpdatedRows === 0n) return false;
        await transaction.insertInto('flow_revision').values(toRevisionRow(revision)).execute();
        return true;
      }),
    setState: async (id, state, changedAtMs) => {
      const result = await database
        .updateTable('flow')
        .set({ state, changed_at_ms: changedAtMs })
        .where('id', '=', id)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    rename: async (id, displayName, changedAtMs) => {
      const result = await database
        .updateTable('flow')
        .set({ display_name: displayName, changed_at_ms: changedAtMs })
        .where('id', '=', id)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    findRevision: async (flowId, revision) => {
      const row = await database
        .selectFrom('flow_revision')
        .selectAll()
        .where('flow_id', '=', flowId)
        .where('revision', '=', revision)
        .executeTakeFirst();
      return row && fromRevisionRow(row);
    },
    delete: (id) => deleteFlow(database, id),
  };
}

/** A flow goes with its revisions, its schedule and its history; records of runs, which may be many, are removed bit by bit later. */
function deleteFlow(database: Kysely<Database>, id: string): Promise<boolean> {
  return database.transaction().execute(async (transaction) => {
    await transaction
      .insertInto('deleted_run')
      .columns(['run_id'])
      .expression((eb) => eb.selectFrom('run').select('run_id').where('flow_id', '=', id))
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await transaction
      .deleteFrom('run_signal')
      .where('run_id', 'in', (eb) => eb.selectFrom('run').select('run_id').where('flow_id', '=', id))
      .execute();
    await transaction.deleteFrom('run').where('flow_id', '=', id).execute();
    await transaction.deleteFrom('schedule').where('flow_id', '=', id).execute();
    await transaction.deleteFrom('batch_message').where('flow_id', '=', id).execute();
    await transaction.deleteFrom('trigger_note').where('flow_id', '=', id).execute();
    const result = await transaction.deleteFrom('flow').where('id', '=', id).executeTakeFirst();
    return result.numDeletedRows > 0n;
  });
}

function toRow(row: FlowRow): Database['flow'] {
  return {
    id: row.id,
    environment_id: row.environmentId,
    display_name: row.displayName,
    state: row.state,
    revision: row.revision,
    created_by: row.createdBy,
    created_at_ms: row.createdAtMs,
    changed_at_ms: row.changedAtMs,
  };
}

function fromRow(row: Database['flow']): FlowRow {
  return {
    id: row.id,
    environmentId: row.environment_id,
    displayName: row.display_name,
    state: row.state as FlowRow['state'],
    revision: row.revision,
    createdBy: row.created_by,
    createdAtMs: row.created_at_ms,
    changedAtMs: row.changed_at_ms,
  };
}

function toRevisionRow(row: FlowRevisionRow): Database['flow_revision'] {
  return {
    flow_id: row.flowId,
    revision: row.revision,
    definition: row.definition,
    parameters: row.parameters,
    connection_references: row.connectionReferences,
    created_at_ms: row.createdAtMs,
  };
}

function fromRevisionRow(row: Database['flow_revision']): FlowRevisionRow {
  return {
    flowId: row.flow_id,
    revision: row.revision,
    definition: row.definition,
    parameters: row.parameters,
    connectionReferences: row.connection_references,
    createdAtMs: row.created_at_ms,
  };
}
