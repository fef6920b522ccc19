import type { AccountRow } from '@patchbay/store';

export const powerApps = '/providers/Microsoft.PowerApps';
export const processSimple = '/providers/Microsoft.ProcessSimple';
/** There is one tenant: the installation. */
export const tenantId = '00000000-0000-0000-0000-000000000000';

/** Milliseconds since the epoch as ISO 8601 in UTC. */
export function timeText(timeMs: number): string {
  return new Date(timeMs).toISOString();
}

/** A person as the compatible surface shows one. */
export function userView(account: Pick<AccountRow, 'id' | 'displayName' | 'email'> | undefined, id: string): object {
  return {
    id,
    displayName: account?.displayName ?? '',
    email: account?.email ?? '',
    type: 'User',
    tenantId,
    userPrincipalName: account?.email ?? '',
  };
}
