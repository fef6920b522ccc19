import type { Lease, RunEntry } from '@patchbay/workflow';
import type { RunTable } from '../database.ts';
import { foldRunChanges } from '../runs/run-changes.ts';
import { actionColumns, runColumns, toActionRow, toRunRow } from '../runs/run-rows.ts';
import type { RunAppend, SqliteValue } from './run-write.ts';

/** The entries of one append as rows. */
export function toRunAppend(lease: Lease, entries: readonly RunEntry[]): RunAppend {
  const { runId, epoch } = lease;
  const change = foldRunChanges(entries);
  const actions: SqliteValue[] = [];
  for (const entry of entries) {
    if (entry.kind !== 'action') continue;
    const row = toActionRow(entry.record, whole);
    for (const column of actionColumns) actions.push(row[column]);
  }
  const isLast = change.end_time !== undefined;
  const [first] = entries;
  if (first?.kind === 'run-started') {
    const row = { ...toRunRow(first, epoch, whole), ...change };
    return { kind: 'append', runId, epoch, run: runColumns.map((column) => row[column]), actions, isLast };
  }
  const columns = Object.keys(change) as (keyof RunTable)[];
  if (columns.length === 0) return { kind: 'append', runId, epoch, actions, isLast };
  const values = columns.map((column) => change[column] ?? null);
  return { kind: 'append', runId, epoch, change: { columns, values }, actions, isLast };
}

/** Big payloads are stored apart by the thread that writes. */
function whole(text: string | undefined): string | null {
  return text ?? null;
}
