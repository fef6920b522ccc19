import type { Kysely } from 'kysely';
import type { ActionRecordTable, Database, RunTable } from '../database.ts';
import type { BlobWriter, Packed } from '../runs/blobs.ts';
import { foldRunChanges, packChange, recordsOf } from '../runs/run-changes.ts';
import { toActionRow, toRunRow } from '../runs/run-rows.ts';
import type { PendingAppend } from './append-queue.ts';
import { openGates } from './gates.ts';
import { findRefused } from './refused-appends.ts';
import { applySignals, sentSignals } from './signals.ts';
import { insertBlobs, insertRuns, upsertActions } from './write-rows.ts';

/** Writes a batch of appends in one transaction; answers which were refused, and why. Nothing of a refused one was written. */
export function commitAppends(
  database: Kysely<Database>,
  blobWriter: BlobWriter,
  batch: readonly PendingAppend[],
): Promise<ReadonlyMap<PendingAppend, Error>> {
  return database.transaction().execute(async (transaction) => {
    const { refused, gates } = await findRefused(transaction, batch);
    const accepted = batch.filter((pending) => !refused.has(pending));
    const blobs = new Map<string, string>();
    const pack = (text: string | undefined): Packed =>
      blobWriter.pack(text, (hash, content) => blobs.set(hash, content));
    const runs = accepted.flatMap(({ entries, lease }) => {
      const [first] = entries;
      return first?.kind === 'run-started'
        ? [{ ...toRunRow(first, lease.epoch, pack), ...packChange(foldRunChanges(entries), pack) }]
        : [];
    });
    const records = new Map<string, ActionRecordTable>();
    for (const { entries } of accepted) {
      for (const record of recordsOf(entries)) keepLast(records, toActionRow(record, pack));
    }
    const changes = changesByRun(accepted.filter(({ entries }) => entries[0]?.kind !== 'run-started'));
    const packed = [...changes].map(([runId, change]) => [runId, packChange(change, pack)] as const);
    for (const { entries } of accepted) for (const { payload } of sentSignals(entries)) pack(payload);
    await insertBlobs(transaction, blobs);
    await insertRuns(transaction, runs);
    await upsertActions(transaction, [...records.values()]);
    for (const [runId, change] of packed) {
      if (Object.keys(change).length > 0)
        await transaction.updateTable('run').set(change).where('run_id', '=', runId).execute();
    }
    await applySignals(
      transaction,
      accepted.flatMap(({ entries }) => entries),
      pack,
    );
    await openGates(transaction, gatesLeft(accepted, gates));
    return refused;
  });
}

function keepLast(records: Map<string, ActionRecordTable>, row: ActionRecordTable): void {
  records.set(`${row.run_id}/${row.iteration}/${row.action}`, row);
}

function changesByRun(batch: readonly PendingAppend[]): ReadonlyMap<string, Partial<RunTable>> {
  const changes = new Map<string, Partial<RunTable>>();
  for (const { lease, entries } of batch)
    changes.set(lease.runId, { ...changes.get(lease.runId), ...foldRunChanges(entries) });
  return changes;
}

/** The gates that the runs which have ended leave. */
function gatesLeft(batch: readonly PendingAppend[], gates: ReadonlyMap<string, string>): ReadonlySet<string> {
  const left = new Set<string>();
  for (const { lease, entries } of batch) {
    const gate = gates.get(lease.runId);
    if (gate !== undefined && entries.some(({ kind }) => kind === 'run-finished')) left.add(gate);
  }
  return left;
}
