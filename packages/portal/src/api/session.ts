import { ApiError, rememberCsrfToken, request } from './request.ts';

export type Account = {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: 'administrator' | 'maker' | 'none';
  readonly hasPassword: boolean;
};

/** Who is signed in, or null. */
export async function readSession(): Promise<Account | null> {
  try {
    const session = await request<{ readonly account: Account; readonly csrfToken: string | null }>(
      'GET',
      '/api/session',
    );
    rememberCsrfToken(session.csrfToken ?? '');
    return session.account;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

export function signOut(): Promise<unknown> {
  return request('POST', '/signout');
}

export function setPassword(password: string): Promise<unknown> {
  return request('PUT', '/api/account/password', { password });
}
