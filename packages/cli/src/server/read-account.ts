import type { ServerClient } from './server-client.ts';

export type Account = {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  readonly role: string;
};

/** Who is signed in. */
export async function readAccount(client: ServerClient): Promise<Account> {
  const { account } = (await client.get('/api/session')) as { readonly account: Account };
  return account;
}
