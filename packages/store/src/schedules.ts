import type { ScheduleRecord, ScheduleStore } from '@patchbay/workflow';
import type { Kysely } from 'kysely';
import type { Database } from './database.ts';

export function createScheduleStore(database: Kysely<Database>): ScheduleStore {
  const all = database.selectFrom('schedule').selectAll();
  return {
    list: async (flowId) => (await all.where('flow_id', '=', flowId).orderBy('trigger_name').execute()).map(fromRow),
    put: async (record) => {
      const row = toRow(record);
      await database
        .insertInto('schedule')
        .values(row)
        .onConflict((conflict) => conflict.columns(['flow_id', 'trigger_name']).doUpdateSet(row))
        .execute();
    },
    due: async (nowMs, limit) =>
      (
        await all
          .where('is_stopped', '=', 0)
          .where('next_fire_ms', '<=', nowMs)
          .orderBy('next_fire_ms')
          .limit(limit)
          .execute()
      ).map(fromRow),
    nextDueMs: async () => {
      const row = await database
        .selectFrom('schedule')
        .select('next_fire_ms')
        .where('is_stopped', '=', 0)
        .orderBy('next_fire_ms')
        .limit(1)
        .executeTakeFirst();
      return row?.next_fire_ms;
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
    remove: async (flowId, trigger) => {
      const rows = database.deleteFrom('schedule').where('flow_id', '=', flowId);
      await (trigger === undefined ? rows : rows.where('trigger_name', '=', trigger)).execute();
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
    anchor_ms: record.anchorMs,
    digest: record.digest,
    is_stopped: record.isStopped === true ? 1 : 0,
  };
}

function fromRow(row: Database['schedule']): ScheduleRecord {
  return {
    flowId: row.flow_id,
    trigger: row.trigger_name,
    flowRevision: row.flow_revision,
    nextFireMs: row.next_fire_ms,
    ...(row.last_fire_ms !== null && { lastFireMs: row.last_fire_ms }),
    // A row of before this was kept counts from its last fire.
    anchorMs: row.anchor_ms ?? row.last_fire_ms ?? row.next_fire_ms,
    digest: row.digest ?? '',
    ...(row.is_stopped === 1 && { isStopped: true }),
  };
}
