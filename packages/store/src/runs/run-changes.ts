import type { ActionRecord, RunEntry } from '@patchbay/workflow';
import type { RunTable } from '../database.ts';
import type { Packed } from './blobs.ts';

/** The records of actions that the entries of one append write, in order. */
export function recordsOf(entries: readonly RunEntry[]): readonly ActionRecord[] {
  return entries.flatMap((entry) => {
    if (entry.kind === 'action') return [entry.record];
    return entry.kind === 'run-started' ? (entry.records ?? []) : [];
  });
}

/** What the entries of one append change in the run's own row, the later over the earlier. Payloads are not packed yet. */
export function foldRunChanges(entries: readonly RunEntry[]): Partial<RunTable> {
  let change: Partial<RunTable> = {};
  for (const entry of entries) {
    switch (entry.kind) {
      case 'run-started':
      case 'action':
      case 'signal-consumed':
      case 'signal-sent':
        break;
      case 'run-sleeping':
        change = { ...change, status: 'Waiting', wake_at_ms: entry.wakeAtMs, lease_until_ms: 0 };
        break;
      case 'run-responded':
        change = { ...change, response: entry.response };
        break;
      case 'run-finished':
        change = {
          ...change,
          status: entry.status,
          code: entry.code ?? null,
          error: entry.error === undefined ? null : JSON.stringify(entry.error),
          end_time: entry.endTime,
          ...(entry.outputs !== undefined && { outputs: entry.outputs }),
          wake_at_ms: null,
        };
        break;
    }
  }
  return change;
}

/** The same with big payloads stored apart. */
export function packChange(change: Partial<RunTable>, pack: (text: string | undefined) => Packed): Partial<RunTable> {
  const { outputs, response } = change;
  return {
    ...change,
    ...(typeof outputs === 'string' && { outputs: pack(outputs) }),
    ...(typeof response === 'string' && { response: pack(response) }),
  };
}
