import type { ActionRecord, Lease, RunEntry, RunSignal } from '@patchbay/workflow';
import type { RunTable } from '../database.ts';
import { foldRunChanges, recordsOf } from '../runs/run-changes.ts';
import { actionColumns, runColumns, toActionRow, toRunRow } from '../runs/run-rows.ts';
import type { RunAppend, SqliteValue } from './run-write.ts';

/** The entries of one append as rows. */
export function toRunAppend(lease: Lease, entries: readonly RunEntry[]): RunAppend {
  const { runId, epoch } = lease;
  const change = foldRunChanges(entries);
  const consumed: string[] = [];
  const sent: RunSignal[] = [];
  for (const entry of entries) {
    if (entry.kind === 'signal-consumed') consumed.push(entry.signalId);
    else if (entry.kind === 'signal-sent') sent.push(entry.signal);
  }
  const isLast = change.end_time !== undefined;
  const facts = {
    kind: 'append',
    runId,
    epoch,
    actions: toActionValues(recordsOf(entries)),
    ...(consumed.length > 0 && { consumed }),
    ...(sent.length > 0 && { sent }),
    sleeps: change.wake_at_ms !== undefined && change.wake_at_ms !== null,
    isLast,
  } as const;
  const [first] = entries;
  if (first?.kind === 'run-started') {
    const row = { ...toRunRow(first, epoch, whole), ...change };
    return { ...facts, run: runColumns.map((column) => row[column]) };
  }
  const columns = Object.keys(change) as (keyof RunTable)[];
  if (columns.length === 0) return facts;
  const values = columns.map((column) => change[column] ?? null);
  return { ...facts, change: { columns, values } };
}

/** The rows of records, one after another. */
export function toActionValues(records: readonly ActionRecord[]): readonly SqliteValue[] {
  const values: SqliteValue[] = [];
  for (const record of records) {
    const row = toActionRow(record, whole);
    for (const column of actionColumns) values.push(row[column]);
  }
  return values;
}

/** Big payloads are stored apart by the thread that writes. */
function whole(text: string | undefined): string | null {
  return text ?? null;
}
