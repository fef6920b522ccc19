import type { RunEntry, RunGate } from '@patchbay/workflow';
import type { RunTable } from '../database.ts';
import type { Packed } from './blobs.ts';
import { toRunRow } from './run-rows.ts';

/** When a run that waits for its turn would be due by the clock. */
const neverMs = 8_640_000_000_000_000;

/** The rows of a run that a gate lets in at once, and of one that waits. */
export function admittedRows(
  started: Extract<RunEntry, { readonly kind: 'run-started' }>,
  gate: RunGate,
  pack: (text: string | undefined) => Packed,
): { readonly running: RunTable; readonly waiting: RunTable } {
  const running = { ...toRunRow(started, 1, pack), gate: gate.key, gate_limit: gate.limit };
  const waiting = {
    ...running,
    status: 'Waiting',
    owner: '',
    lease_until_ms: 0,
    wake_at_ms: neverMs,
    waits_at_gate: 1,
  };
  return { running, waiting };
}
