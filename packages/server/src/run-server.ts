import { createServer } from 'node:net';
import type { Configuration } from './configuration/configuration.ts';
import { readConfiguration } from './configuration/read-configuration.ts';
import { dropStartGarbage } from './drop-start-garbage.ts';
import { createSignInLink } from './identity/sign-in-links.ts';
import { createLogger } from './logger.ts';
import { createPlatform, type Platform } from './platform.ts';
import { seedExample, startExample } from './seed/example.ts';
import { seedEnvironment } from './seed/seed-environment.ts';
import { describeStartFailure } from './start-failure.ts';
import { stopOnSignal } from './stop-on-signal.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Runs the server until it is stopped; ends the process with what went wrong when it cannot start. */
export async function runServer(): Promise<void> {
  try {
    await start();
  } catch (error) {
    const { message, exitCode } = describeStartFailure(error);
    process.stderr.write(`${message}\n`);
    process.exit(exitCode);
  }
}

/** Reads the environment, starts the platform, tells a person what to do next, and stops on Ctrl-C. */
async function start(): Promise<void> {
  const configuration = await choosePort(readConfiguration(process.env));
  const logger = createLogger(configuration.logLevel);
  const platform = await createPlatform(configuration, logger);
  await platform.start();
  if (!configuration.roles.includes('web')) {
    dropStartGarbage();
    say(`A Patchbay worker is ready; it says how it is at http://${configuration.host}:${configuration.port}/readyz`);
    stopOnSignal(platform, async () => undefined);
    return;
  }
  const isNew = await seedEnvironment(platform.services, say);
  const example =
    isNew && configuration.seed === 'example' && configuration.roles.includes('worker')
      ? await seedExample(platform.services, say)
      : await startExample(platform.services, say);
  dropStartGarbage();
  const { origin } = platform.services;
  say(`\nPatchbay is ready at ${origin}`);
  await offerSignIn(platform, configuration);
  say('Ctrl-C stops it.');
  stopOnSignal(platform, async () => example?.close());
}

/** The one-time link for the first administrator, while nobody could sign in otherwise. */
async function offerSignIn({ services }: Platform, { signInLink, oidc }: Configuration): Promise<void> {
  if (oidc !== undefined) return;
  const administrators = (await services.store.accounts.list()).filter((account) => account.role === 'administrator');
  const [first] = administrators;
  const hasPassword = administrators.some((account) => account.passwordHash !== undefined);
  if (first === undefined || (hasPassword && signInLink === 'needed')) return;
  say(`Sign in as ${first.email} with this link, which works once, within an hour:`);
  say(`  ${await createSignInLink(services.store, services.origin, first.id)}`);
  say('For the next time set a password in the portal, or start again for another link.');
}

/** Port 0 means any free one; the public origin needs to know it before anything listens. */
async function choosePort(configuration: Configuration): Promise<Configuration> {
  if (configuration.port !== 0) return configuration;
  const probe = createServer();
  await new Promise<void>((listening) => probe.listen(0, configuration.host, listening));
  const address = probe.address();
  await new Promise((closed) => probe.close(closed));
  return { ...configuration, port: typeof address === 'object' && address !== null ? address.port : 0 };
}
