import type { ConnectionRow } from '@patchbay/store';

/** What is known of whether a connection works. */
export type Status = Pick<ConnectionRow, 'status' | 'statusError'>;

/** Nobody has signed in yet. */
export const unauthenticatedStatus: Status = {
  status: 'Error',
  statusError: { code: 'Unauthenticated', message: 'This connection is not authenticated. Sign in.' },
};

/** A policy found that the API refuses what the connection holds. */
export const refusedStatus: Status = {
  status: 'Error',
  statusError: {
    code: 'Unauthenticated',
    message: 'The API does not accept what the connection holds. Enter it again.',
  },
};

export function failedStatus(code: string, message: string): Status {
  return { status: 'Error', statusError: { code, message } };
}
