import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AccountRow, EnvironmentRow } from '@patchbay/store';
import { readConfiguration } from '../configuration/read-configuration.ts';
import { createLogger } from '../logger.ts';
import { createPlatform, type Platform, type PlatformOptions } from '../platform.ts';
import { seedEnvironment } from '../seed/seed-environment.ts';
import type { Services } from '../services/services.ts';

/** A whole platform in this process: a real port, a real database in a folder of its own, its log kept. */
export type TestPlatform = {
  readonly origin: string;
  readonly platform: Platform;
  readonly services: Services;
  /** The seeded environment, which may reach this machine. */
  readonly environment: EnvironmentRow;
  /** The seeded administrator. */
  readonly administrator: AccountRow;
  readonly dataFolder: string;
  /** Everything logged so far, at every level. */
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

type Variables = { readonly [name: string]: string };

/** Starts a platform; `variables` are environment variables as a person sets them. */
export async function startTestPlatform(
  variables: Variables = {},
  options: PlatformOptions = {},
): Promise<TestPlatform> {
  const server = await startPlatformWithoutAccounts(variables, options);
  const [administrator] = await server.services.store.accounts.list();
  if (administrator === undefined) throw new Error('nobody was seeded');
  return { ...server, administrator };
}

/** The same where people come from another issuer, so that nobody is seeded. */
export async function startPlatformWithoutAccounts(
  variables: Variables,
  options: PlatformOptions = {},
): Promise<Omit<TestPlatform, 'administrator'>> {
  const dataFolder = await mkdtemp(join(tmpdir(), 'patchbay-server-'));
  const configuration = readConfiguration({
    PORT: String(await freePort()),
    PATCHBAY_DATA: dataFolder,
    PATCHBAY_DRAIN_TIMEOUT_MS: '2000',
    ...variables,
  });
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line) => lines.push(line) });
  const platform = await createPlatform(configuration, logger, options);
  await platform.start();
  const { services } = platform;
  await seedEnvironment(services, () => undefined);
  return {
    origin: services.origin,
    platform,
    services,
    environment: await services.environments.get(undefined),
    dataFolder,
    log: () => lines.join(''),
    stop: async () => {
      await platform.stop();
      await rm(dataFolder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
