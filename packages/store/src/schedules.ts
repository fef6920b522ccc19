import type { ScheduleRecord, ScheduleStore } from '@patchbay/workflow';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

export function createScheduleStore(database: Kysely<Database>): ScheduleStore {
  return {
    list: async () =>
      (await database.selectFrom('schedule').selectAll().orderBy('flow_id').orderBy('trigger_name').execute()).map(
        fromRow,
      ),
    put: async (record) => {
      const row = toRow(record);
      await database
        .insertInto('schedule')
        .values(row)
        .onConflict((conflict) => conflict.columns(['flow_id', 'trigger_name']).doUpdateSet(row))
        .execute();
    },
    advance: async (flowId, trigger, expectedFireMs, nextFireMs) => {
      const result = await database
        .updateTable('schedule')
        .set({ next_fire_ms: nextFireMs, last_fire_ms: expectedFireMs })
        .where('flow_id', '=', flowId)
        .where('trigger_name', '=', trigger)
        .where('next_fire_ms', '=', expectedFireMs)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    remove: async (flowId) => {
      await database.deleteFrom('schedule').where('flow_id', '=', flowId).execute();
    },
  };
}

function toRow(record: ScheduleRecord): Database['schedule'] {
  return {
    flow_id: record.flowId,
    trigger_name: record.trigger,
    flow_revision: record.flowRevision,
    next_fire_ms: record.nextFireMs,
    last_fire_ms: record.lastFireMs ?? null,
  };
}

function fromRow(row: Database['schedule']): ScheduleRecord {
  return {
    flowId: row.flow_id,
    trigger: row.trigger_name,
    flowRevision: row.flow_revision,
    nextFireMs: row.next_fire_ms,
    ...(row.last_fire_ms !== null && { lastFireMs: row.last_fire_ms }),
  };
}
