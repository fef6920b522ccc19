import {
  type BatchMessage,
  type BatchPartition,
  type BatchRelease,
  type BatchStore,
  countToRelease,
  keptKeysMs,
} from '@patchbay/workflow';
import { type Kysely, sql, type Transaction } from 'kysely';
import type { Database } from './database.ts';

/** More than any rule takes into one run. */
const mostAtATime = 5_000;
/** Parameters of one statement; SQLite takes 32,766. */
const keysPerStatement = 500;

/** `isShared`: other processes write as well, so that rows are locked. */
export function createBatchStore(database: Kysely<Database>, { isShared }: { readonly isShared: boolean }): BatchStore {
  return {
    add: (message) => database.transaction().execute((transaction) => addMessage(transaction, message)),
    partitions: async (flowId) =>
      (
        await database
          .selectFrom('batch_message')
          .select(['flow_id', 'trigger_name', 'batch_name', 'partition_name'])
          .distinct()
          .where('flow_id', '=', flowId)
          .where('release_id', 'is', null)
          .execute()
      ).map(fromPartition),
    release: (release, rule) =>
      database.transaction().execute(async (transaction) => {
        const oldest = waiting(transaction, release).orderBy('sequence').orderBy('message_key').limit(mostAtATime);
        const rows = await (isShared ? oldest.forUpdate() : oldest).execute();
        const count = countToRelease(
          rows.map((row) => row.byte_count),
          rule,
        );
        const keys = rows.slice(0, count).map((row) => row.message_key);
        for (let first = 0; first < count; first += keysPerStatement) {
          await transaction
            .updateTable('batch_message')
            .set({ release_id: release.releaseId })
            .where('flow_id', '=', release.flowId)
            .where('message_key', 'in', keys.slice(first, first + keysPerStatement))
            .execute();
        }
        return count > 0;
      }),
    unsettled: async (flowId) => {
      const select = database
        .selectFrom('batch_message')
        .select(['flow_id', 'trigger_name', 'batch_name', 'partition_name', 'release_id'])
        .select(sql<number>`min(sequence)`.as('first'))
        .where('release_id', 'is not', null)
        .where('settled_at_ms', 'is', null)
        .groupBy(['flow_id', 'trigger_name', 'batch_name', 'partition_name', 'release_id'])
        .orderBy('first')
        .orderBy('release_id');
      const rows = await (flowId === undefined ? select : select.where('flow_id', '=', flowId)).execute();
      return rows.map((row): BatchRelease => ({ ...fromPartition(row), releaseId: row.release_id ?? '' }));
    },
    messages: async (releaseId) =>
      (
        await database
          .selectFrom('batch_message')
          .selectAll()
          .where('release_id', '=', releaseId)
          .where('settled_at_ms', 'is', null)
          .orderBy('sequence')
          .execute()
      ).map(fromRow),
    settle: async (releaseId, nowMs) => {
      await database
        .updateTable('batch_message')
        .set({ settled_at_ms: nowMs, content: '' })
        .where('release_id', '=', releaseId)
        .where('settled_at_ms', 'is', null)
        .execute();
      await database
        .deleteFrom('batch_message')
        .where('settled_at_ms', '<', nowMs - keptKeysMs)
        .execute();
    },
    remove: async (flowId) => {
      await database.deleteFrom('batch_message').where('flow_id', '=', flowId).execute();
    },
  };
}

async function addMessage(transaction: Transaction<Database>, message: BatchMessage): Promise<string> {
  const { flowId, key } = message;
  const find = transaction
    .selectFrom('batch_message')
    .select('message_id')
    .where('flow_id', '=', flowId)
    .where('message_key', '=', key);
  const known = await find.executeTakeFirst();
  if (known !== undefined) return known.message_id;
  const last = await waiting(transaction, message).orderBy('sequence', 'desc').limit(1).executeTakeFirst();
  await transaction
    .insertInto('batch_message')
    .values({ ...toRow(message), sequence: Math.max((last?.sequence ?? 0) + 1, message.addedAtMs * 1_000) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  // The same message may have come from another process in between: then that one is kept.
  return (await find.executeTakeFirst())?.message_id ?? message.messageId;
}

function waiting(transaction: Transaction<Database>, { flowId, trigger, batchName, partition }: BatchPartition) {
  return transaction
    .selectFrom('batch_message')
    .select(['message_key', 'byte_count', 'sequence'])
    .where('flow_id', '=', flowId)
    .where('trigger_name', '=', trigger)
    .where('batch_name', '=', batchName)
    .where('partition_name', '=', partition)
    .where('release_id', 'is', null);
}

function toRow(message: BatchMessage): Omit<Database['batch_message'], 'sequence'> {
  return {
    flow_id: message.flowId,
    message_key: message.key,
    trigger_name: message.trigger,
    batch_name: message.batchName,
    partition_name: message.partition,
    message_id: message.messageId,
    content: message.content,
    byte_count: Buffer.byteLength(message.content),
    added_at_ms: message.addedAtMs,
    release_id: null,
    settled_at_ms: null,
  };
}

function fromRow(row: Database['batch_message']): BatchMessage {
  return {
    ...fromPartition(row),
    key: row.message_key,
    messageId: row.message_id,
    content: row.content,
    addedAtMs: row.added_at_ms,
  };
}

function fromPartition(
  row: Pick<Database['batch_message'], 'flow_id' | 'trigger_name' | 'batch_name' | 'partition_name'>,
): BatchPartition {
  return {
    flowId: row.flow_id,
    trigger: row.trigger_name,
    batchName: row.batch_name,
    partition: row.partition_name,
  };
}
