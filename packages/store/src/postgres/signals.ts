import type { RunEntry, RunSignal, SignalReceipt } from '@patchbay/workflow';
import type { Transaction } from 'kysely';
import type { Database } from '../database.ts';
import type { Packed } from '../runs/blobs.ts';
import { unfinished } from './unfinished.ts';

/** The signals to other runs among the entries of an append. */
export function sentSignals(entries: readonly RunEntry[]): readonly RunSignal[] {
  return entries.flatMap((entry) => (entry.kind === 'signal-sent' ? [entry.signal] : []));
}

/** Keeps a signal whose payload is packed, in a transaction that holds the run's row. */
export async function putSignal(transaction: Transaction<Database>, signal: RunSignal): Promise<SignalReceipt> {
  const { runId, action, iteration, signalId, payload } = signal;
  const known = await transaction
    .selectFrom('run_signal')
    .select('signal_id')
    .where('run_id', '=', runId)
    .where('signal_id', '=', signalId)
    .executeTakeFirst();
  if (known !== undefined) return 'repeated';
  const waiting = await transaction
    .selectFrom('action_record')
    .innerJoin('run', 'run.run_id', 'action_record.run_id')
    .select('action_record.action')
    .where('action_record.run_id', '=', runId)
    .where('action', '=', action)
    .where('iteration', '=', iteration)
    .where('action_record.status', 'in', unfinished)
    .where('run.status', 'in', unfinished)
    .executeTakeFirst();
  if (waiting === undefined) return 'unexpected';
  await transaction
    .insertInto('run_signal')
    .values({ run_id: runId, signal_id: signalId, action, iteration, payload, is_consumed: 0 })
    .execute();
  await transaction
    .updateTable('run')
    .set({ wake_at_ms: 0 })
    .where('run_id', '=', runId)
    .where('wake_at_ms', 'is not', null)
    .execute();
  return 'taken';
}

/** What the entries of accepted appends say of signals: those that were used up, those that are sent, and what ends or falls asleep. */
export async function applySignals(
  transaction: Transaction<Database>,
  entries: readonly RunEntry[],
  pack: (text: string | undefined) => Packed,
): Promise<void> {
  for (const entry of entries) {
    if (entry.kind !== 'signal-consumed') continue;
    await transaction
      .updateTable('run_signal')
      .set({ is_consumed: 1, payload: '' })
      .where('run_id', '=', entry.runId)
      .where('signal_id', '=', entry.signalId)
      .execute();
  }
  const sent = sentSignals(entries);
  for (const signal of sent) await putSignal(transaction, { ...signal, payload: pack(signal.payload) ?? 'null' });
  const sleeping = entries.flatMap((entry) => (entry.kind === 'run-sleeping' ? [entry.runId] : []));
  if (sleeping.length > 0) {
    await transaction
      .updateTable('run')
      .set({ wake_at_ms: 0 })
      .where('run_id', 'in', (eb) =>
        eb.selectFrom('run_signal').select('run_id').where('run_id', 'in', sleeping).where('is_consumed', '=', 0),
      )
      .where('wake_at_ms', 'is not', null)
      .execute();
  }
  const finished = entries.flatMap((entry) => (entry.kind === 'run-finished' ? [entry.runId] : []));
  if (finished.length > 0) await transaction.deleteFrom('run_signal').where('run_id', 'in', finished).execute();
}
