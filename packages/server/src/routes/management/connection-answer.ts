import type { ConnectionRow } from '@patchbay/store';
import type { Services } from '../../services/services.ts';
import { connectionView } from '../../views/connection-view.ts';

/** Connections as the compatible surface answers them. */
export async function connectionAnswers(
  services: Services,
  rows: readonly ConnectionRow[],
): Promise<readonly object[]> {
  const accounts = new Map((await services.store.accounts.list()).map((account) => [account.id, account]));
  return rows.map((row) => connectionView(row, accounts.get(row.createdBy)));
}

export async function connectionAnswer(services: Services, row: ConnectionRow): Promise<object> {
  return connectionView(row, await services.store.accounts.find(row.createdBy));
}
