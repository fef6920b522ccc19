import type { AccountRow } from '@patchbay/store';

/** An account as its owner and administrators see it. */
export function accountView({ id, displayName, email, role, passwordHash }: AccountRow): object {
  return { id, displayName, email, role, hasPassword: passwordHash !== undefined };
}
