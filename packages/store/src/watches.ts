import { randomUUID } from 'node:crypto';
import type { Failure, InvokedConnection, TriggerNote, WatchRecord, WatchStore, WatchTarget } from '@patchbay/workflow';
import { type Kysely, sql } from 'kysely';
import type { Database } from './database.ts';

const maximumNotes = 100;

const ownTime = sql`(case when due_ms is null or hastened_ms < due_ms then hastened_ms else due_ms end)`;
/** The earlier of a watch's own time and the one it was hastened to, but not before a lease on it runs out; null: none. */
const dueTime = sql<number | null>`(case when ${ownTime} < lease_until_ms then lease_until_ms else ${ownTime} end)`;

export function createWatchStore(database: Kysely<Database>): WatchStore {
  return {
    insert: async (record) => {
      const result = await database
        .insertInto('watch')
        .values({ ...toRow(record), hastened_ms: null, lease_until_ms: 0 })
        .onConflict((conflict) => conflict.doNothing())
        .executeTakeFirst();
      return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
    },
    find: async (watchId) => {
      const row = await database.selectFrom('watch').selectAll().where('watch_id', '=', watchId).executeTakeFirst();
      return row && fromRow(row);
    },
    findByAddress: async (addressId) => {
      const row = await database.selectFrom('watch').selectAll().where('address_id', '=', addressId).executeTakeFirst();
      return row && fromRow(row);
    },
    list: async (flowId) =>
      (
        await database
          .selectFrom('watch')
          .selectAll()
          .where('flow_id', '=', flowId)
          .orderBy('created_at_ms')
          .orderBy('watch_id')
          .execute()
      ).map(fromRow),
    flowIds: async () =>
      (await database.selectFrom('watch').select('flow_id').distinct().orderBy('flow_id').execute()).map(
        (row) => row.flow_id,
      ),
    due: async (nowMs, limit) =>
      (
        await database
          .selectFrom('watch')
          .select('watch_id')
          .where(dueTime, '<=', nowMs)
          .orderBy(dueTime)
          .limit(limit)
          .execute()
      ).map((row) => row.watch_id),
    nextDueMs: async () => {
      const row = await database
        .selectFrom('watch')
        .select(sql<number | null>`min(${dueTime})`.as('due'))
        .executeTakeFirst();
      return row?.due === null || row?.due === undefined ? undefined : Number(row.due);
    },
    claim: async (watchId, nowMs, leaseUntilMs) => {
      const row = await database
        .updateTable('watch')
        .set((eb) => ({ version: eb('version', '+', 1), lease_until_ms: leaseUntilMs, hastened_ms: null }))
        .where('watch_id', '=', watchId)
        .where(dueTime, '<=', nowMs)
        .returningAll()
        .executeTakeFirst();
      return row && fromRow(row);
    },
    change: async (record, { keepsLease = false } = {}) => {
      const { watch_id: watchId, ...row } = toRow(record);
      const changed = await database
        .updateTable('watch')
        .set({ ...row, version: record.version + 1, ...(!keepsLease && { lease_until_ms: 0 }) })
        .where('watch_id', '=', watchId)
        .where('version', '=', record.version)
        .executeTakeFirst();
      return changed.numUpdatedRows > 0n ? { ...record, version: record.version + 1 } : undefined;
    },
    hasten: async (watchId, nowMs) => {
      const result = await database
        .updateTable('watch')
        .set({ hastened_ms: nowMs })
        .where('watch_id', '=', watchId)
        .executeTakeFirst();
      return result.numUpdatedRows > 0n;
    },
    remove: async (watchId) => {
      await database.deleteFrom('watch').where('watch_id', '=', watchId).execute();
    },
    note: (note) => insertNote(database, note),
    notes: async (flowId, trigger, limit) =>
      (
        await database
          .selectFrom('trigger_note')
          .selectAll()
          .where('flow_id', '=', flowId)
          .where('trigger_name', '=', trigger)
          .orderBy('at_ms', 'desc')
          .orderBy('note_id', 'desc')
          .limit(limit)
          .execute()
      ).map(fromNoteRow),
  };
}

/** Nothing is noted of a flow that is gone: nobody would ever look at it. */
async function insertNote(database: Kysely<Database>, note: TriggerNote): Promise<void> {
  const flow = await database.selectFrom('flow').select('id').where('id', '=', note.flowId).executeTakeFirst();
  if (flow === undefined) return;
  await database
    .insertInto('trigger_note')
    .values({
      note_id: randomUUID(),
      flow_id: note.flowId,
      trigger_name: note.trigger,
      at_ms: note.atMs,
      event: note.event,
      status: note.status,
      code: note.code,
      message: note.message ?? null,
    })
    .execute();
  await database
    .deleteFrom('trigger_note')
    .where('note_id', 'in', (eb) =>
      eb
        .selectFrom('trigger_note')
        .select('note_id')
        .where('flow_id', '=', note.flowId)
        .where('trigger_name', '=', note.trigger)
        .orderBy('at_ms', 'desc')
        .orderBy('note_id', 'desc')
        .limit(1_000)
        .offset(maximumNotes),
    )
    .execute();
}

type WatchRow = Omit<Database['watch'], 'hastened_ms' | 'lease_until_ms'>;

function toRow(record: WatchRecord): WatchRow {
  return {
    watch_id: record.watchId,
    kind: record.kind,
    flow_id: record.flowId,
    trigger_name: record.trigger,
    flow_revision: record.flowRevision,
    environment_id: record.environmentId,
    status: record.status,
    call_hash: record.callHash,
    connection: JSON.stringify(record.connection),
    target: JSON.stringify(record.target),
    address_id: record.addressId ?? null,
    state: record.state ?? null,
    pending: record.pending ?? null,
    sequence: record.sequence,
    attempts: record.attempts,
    error: record.error === undefined ? null : JSON.stringify(record.error),
    due_ms: record.dueMs ?? null,
    version: record.version,
    created_at_ms: record.createdAtMs,
    active_since_ms: record.activeSinceMs ?? null,
    last_contact_ms: record.lastContactMs ?? null,
    last_event_ms: record.lastEventMs ?? null,
  };
}

function fromRow(row: WatchRow): WatchRecord {
  return {
    watchId: row.watch_id,
    kind: row.kind as WatchRecord['kind'],
    flowId: row.flow_id,
    trigger: row.trigger_name,
    flowRevision: row.flow_revision,
    environmentId: row.environment_id,
    status: row.status as WatchRecord['status'],
    callHash: row.call_hash,
    connection: JSON.parse(row.connection) as InvokedConnection,
    target: JSON.parse(row.target) as WatchTarget,
    ...(row.address_id !== null && { addressId: row.address_id }),
    ...(row.state !== null && { state: row.state }),
    ...(row.pending !== null && { pending: row.pending }),
    sequence: row.sequence,
    attempts: row.attempts,
    ...(row.error !== null && { error: JSON.parse(row.error) as Failure }),
    ...(row.due_ms !== null && { dueMs: row.due_ms }),
    version: row.version,
    createdAtMs: row.created_at_ms,
    ...(row.active_since_ms !== null && { activeSinceMs: row.active_since_ms }),
    ...(row.last_contact_ms !== null && { lastContactMs: row.last_contact_ms }),
    ...(row.last_event_ms !== null && { lastEventMs: row.last_event_ms }),
  };
}

function fromNoteRow(row: Database['trigger_note']): TriggerNote {
  return {
    flowId: row.flow_id,
    trigger: row.trigger_name,
    atMs: row.at_ms,
    event: row.event as TriggerNote['event'],
    status: row.status as TriggerNote['status'],
    code: row.code,
    ...(row.message !== null && { message: row.message }),
  };
}
