import type { Admission, RunGate } from '@patchbay/workflow';
import { sql, type Transaction } from 'kysely';
import type { Database } from '../database.ts';
import { unfinished } from './unfinished.ts';

/** Whether a new run may go on at once, has to wait or is turned away; holds the gate until the transaction ends. */
export async function passGate(transaction: Transaction<Database>, gate: RunGate): Promise<Admission> {
  await hold(transaction, gate.key);
  await letIn(transaction, gate.key, gate.limit);
  const { inside, waiting } = await countAt(transaction, gate.key);
  if (inside < gate.limit && waiting === 0) return 'running';
  return waiting < gate.maximumWaiting ? 'waiting' : 'full';
}

/**
 * Runs of these gates have ended: lets in who waits. Transactions take the rows of runs before gates, and gates in one order, so that they
 * do not wait for each other in a circle.
 */
export async function openGates(transaction: Transaction<Database>, gates: ReadonlySet<string>): Promise<void> {
  for (const gate of [...gates].sort()) {
    await hold(transaction, gate);
    await letIn(transaction, gate, undefined);
  }
}

/** One transaction at a time counts and changes who is inside. */
async function hold(transaction: Transaction<Database>, gate: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`gate ${gate}`}, 0))`.execute(transaction);
}

async function letIn(transaction: Transaction<Database>, gate: string, limit: number | undefined): Promise<void> {
  for (;;) {
    const next = await transaction
      .selectFrom('run')
      .select(['run_id', 'gate_limit'])
      .where('gate', '=', gate)
      .where('waits_at_gate', '=', 1)
      .where('cancel_requested', '=', 0)
      .where('status', 'in', unfinished)
      .orderBy('run_id', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (next === undefined) return;
    const { inside } = await countAt(transaction, gate);
    if (inside >= (limit ?? next.gate_limit ?? 0)) return;
    await transaction
      .updateTable('run')
      .set({ status: 'Running', waits_at_gate: 0, wake_at_ms: 0 })
      .where('run_id', '=', next.run_id)
      .execute();
  }
}

async function countAt(
  transaction: Transaction<Database>,
  gate: string,
): Promise<{ readonly inside: number; readonly waiting: number }> {
  const row = await transaction
    .selectFrom('run')
    .select([
      sql<number>`count(*) filter (where waits_at_gate = 0)`.as('inside'),
      sql<number>`count(*) filter (where waits_at_gate = 1 and cancel_requested = 0)`.as('waiting'),
    ])
    .where('gate', '=', gate)
    .where('status', 'in', unfinished)
    .executeTakeFirst();
  return { inside: Number(row?.inside ?? 0), waiting: Number(row?.waiting ?? 0) };
}
