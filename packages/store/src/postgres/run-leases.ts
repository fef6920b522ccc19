import { earlyWakeMs } from '@patchbay/workflow';
import type { Kysely } from 'kysely';
import type { Database, RunTable } from '../database.ts';
import { unfinished } from './unfinished.ts';

export type LeaseClaim = {
  readonly runId: string;
  readonly owner: string;
  readonly leaseUntilMs: number;
  readonly nowMs: number;
};

/** Takes a run that is due and that nobody else holds; answers its row, of the next epoch. */
export function takeLease(database: Kysely<Database>, claim: LeaseClaim): Promise<RunTable | undefined> {
  const { runId, owner, leaseUntilMs, nowMs } = claim;
  return database
    .updateTable('run')
    .set((eb) => ({ epoch: eb('epoch', '+', 1), owner, lease_until_ms: leaseUntilMs, wake_at_ms: null }))
    .where('run_id', '=', runId)
    .where('status', 'in', unfinished)
    .where((eb) => eb.or([eb('lease_until_ms', '<=', nowMs), eb('owner', '=', owner)]))
    .where((eb) =>
      eb.or([
        eb('wake_at_ms', 'is', null),
        eb('wake_at_ms', '<=', nowMs + earlyWakeMs),
        eb('cancel_requested', '=', 1),
      ]),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Makes the leases of an owner last longer that have not run out. */
export async function renewLeases(
  database: Kysely<Database>,
  { owner, leaseUntilMs, nowMs }: Omit<LeaseClaim, 'runId'>,
): Promise<void> {
  await database
    .updateTable('run')
    .set({ lease_until_ms: leaseUntilMs })
    .where('owner', '=', owner)
    .where('lease_until_ms', '>', nowMs)
    .where('wake_at_ms', 'is', null)
    .where('status', 'in', unfinished)
    .execute();
}
