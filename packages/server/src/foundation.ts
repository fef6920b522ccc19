import { join } from 'node:path';
import { createVault, type Vault } from '@patchbay/credential';
import { createEgress, type Egress } from '@patchbay/egress';
import { openStore, parseStoreLocation, type Store, type StoreLocation } from '@patchbay/store';
import type { RunStore } from '@patchbay/workflow';
import type { FastifyBaseLogger } from 'fastify';
import type { Configuration } from './configuration/configuration.ts';
import { openDataFolder } from './data-folder.ts';
import { createIdentity, type Identity } from './identity/identity.ts';
import { loadMasterKey } from './master-key.ts';

/** What every service stands on. */
export type Foundation = {
  readonly configuration: Configuration;
  readonly logger: FastifyBaseLogger;
  /** The public origin: what every absolute URL begins with. */
  readonly origin: string;
  readonly store: Store;
  readonly vault: Vault;
  readonly egress: Egress;
  readonly identity: Identity;
};

/** Opens data folder, keys, store and the way out. The configuration's port must be a real one: the public origin is made of it. */
export async function openFoundation(
  configuration: Configuration,
  logger: FastifyBaseLogger,
  wrapRuns: (runs: RunStore) => RunStore,
): Promise<Foundation> {
  const { host, port, oidc } = configuration;
  const localOrigin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
  const origin = configuration.publicUrl ?? localOrigin;
  await openDataFolder(configuration.dataFolder);
  const vault = createVault({ masterKey: await loadMasterKey(configuration.masterKeyFile) });
  const opened = await openStore(locate(configuration));
  const store = { ...opened, runs: wrapRuns(opened.runs) };
  const egress = createEgress({
    timeoutMs: configuration.callTimeoutMs,
    onRefused: ({ code, method, host: target, message }) =>
      logger.warn({ event: 'call-refused', code, method, host: target, problem: message }, 'a call was kept in'),
  });
  const places = { store, vault, egress, origin, localOrigin };
  const identity = await createIdentity(oidc === undefined ? places : { ...places, external: oidc });
  return { configuration, logger, origin, store, vault, egress, identity };
}

function locate({ databaseUrl, dataFolder }: Configuration): StoreLocation {
  return databaseUrl === undefined
    ? { kind: 'sqlite', path: join(dataFolder, 'patchbay.db') }
    : parseStoreLocation(databaseUrl);
}
