import { randomUUID } from 'node:crypto';
import type { AccountRow } from '@patchbay/store';
import { installationId } from '../dispatch.ts';
import type { Services } from '../services/services.ts';

/** An empty store gets a development environment, which may reach this machine, and its first administrator. */
export async function seedEnvironment(
  { store, configuration }: Services,
  say: (line: string) => void,
): Promise<boolean> {
  if ((await store.environments.list()).length > 0) return false;
  const createdAtMs = Date.now();
  try {
    await store.environments.insert({
      // The same for all processes that start at once: one of them makes it.
      id: `Default-${await installationId(store)}`,
      displayName: 'Development',
      isDefault: true,
      allowedNetworks: ['loopback'],
      createdAtMs,
    });
  } catch (error) {
    if ((await store.environments.list()).length > 0) return false;
    throw error;
  }
  say('✓ environment Development: its network rules allow public addresses and loopback (this machine)');
  if (configuration.oidc !== undefined) return true;
  const administrator: AccountRow = {
    id: randomUUID(),
    email: 'admin@localhost',
    displayName: 'Administrator',
    role: 'administrator',
    createdAtMs,
  };
  await store.accounts.insert(administrator);
  say('✓ account admin@localhost, administrator');
  return true;
}
