import { DuplicateRunError, FencedError } from '@patchbay/workflow';
import type { Transaction } from 'kysely';
import type { Database } from '../database.ts';
import type { PendingAppend } from './append-queue.ts';
import { sentSignals } from './signals.ts';

/** Locks the runs concerned and compares epochs; finds unique keys that are taken, in the table or within the batch, and gates of runs. */
export async function findRefused(
  transaction: Transaction<Database>,
  batch: readonly PendingAppend[],
): Promise<{ readonly refused: ReadonlyMap<PendingAppend, Error>; readonly gates: ReadonlyMap<string, string> }> {
  const targets = batch.flatMap(({ entries }) => sentSignals(entries).map(({ runId }) => runId));
  const ids = [...new Set([...batch.map(({ lease }) => lease.runId), ...targets])].sort();
  const rows = await transaction
    .selectFrom('run')
    .select(['run_id', 'epoch', 'gate'])
    .where('run_id', 'in', ids)
    .orderBy('run_id')
    .forUpdate()
    .execute();
  const epochs = new Map(rows.map((row) => [row.run_id, row.epoch]));
  const taken = await takenKeys(transaction, batch);
  const refused = new Map<PendingAppend, Error>();
  for (const pending of batch) {
    const { lease, entries } = pending;
    const [first] = entries;
    if (first?.kind !== 'run-started') {
      if (epochs.get(lease.runId) !== lease.epoch) refused.set(pending, new FencedError(lease.runId));
    } else if (first.uniqueKey !== undefined && taken.has(first.uniqueKey))
      refused.set(pending, new DuplicateRunError(first.uniqueKey));
    else if (epochs.has(lease.runId)) refused.set(pending, new FencedError(lease.runId));
    else {
      epochs.set(lease.runId, lease.epoch);
      if (first.uniqueKey !== undefined) taken.add(first.uniqueKey);
    }
  }
  const gates = rows.flatMap(({ run_id, gate }) => (gate === null ? [] : [[run_id, gate] as const]));
  return { refused, gates: new Map(gates) };
}

async function takenKeys(transaction: Transaction<Database>, batch: readonly PendingAppend[]): Promise<Set<string>> {
  const keys = batch.flatMap(({ entries: [first] }) =>
    first?.kind === 'run-started' && first.uniqueKey !== undefined ? [first.uniqueKey] : [],
  );
  if (keys.length === 0) return new Set();
  const rows = await transaction.selectFrom('run').select('unique_key').where('unique_key', 'in', keys).execute();
  return new Set(rows.flatMap((row) => (row.unique_key === null ? [] : [row.unique_key])));
}
