import { randomBytes } from 'node:crypto';
import type { AccountRow, Store } from '@patchbay/store';
import { hashSecret } from '../http/authenticator.ts';

const lifetimeMs = 60 * 60 * 1000;

/** Makes an address that signs an account in once, within the hour. */
export async function createSignInLink(
  store: Store,
  origin: string,
  accountId: string,
  returnTo = '/',
): Promise<string> {
  const secret = randomBytes(24).toString('base64url');
  await store.sessions.insertSignInLink({ id: hashSecret(secret), accountId, expiresAtMs: Date.now() + lifetimeMs });
  const back = returnTo === '/' ? '' : `&return=${encodeURIComponent(returnTo)}`;
  return `${origin}/signin?link=${secret}${back}`;
}

/** The account that a link's secret signs in; of two uses one wins, and an expired one has none. */
export async function useSignInLink(store: Store, secret: string): Promise<AccountRow | undefined> {
  const link = await store.sessions.takeSignInLink(hashSecret(secret), Date.now());
  return link === undefined ? undefined : store.accounts.find(link.accountId);
}
