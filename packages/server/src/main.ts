import { createServer } from 'node:net';
import { CredentialError } from '@patchbay/credential';
import { StoreError } from '@patchbay/store';
import { type Configuration, ConfigurationError, readConfiguration } from './configuration.ts';
import { createSignInLink } from './identity/sign-in-links.ts';
import { createLogger } from './logger.ts';
import { createPlatform, type Platform } from './platform.ts';
import { seedExample, startExample } from './seed/example.ts';
import { seedEnvironment } from './seed/seed-environment.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Reads the environment, starts the platform, tells a person what to do next, and stops on Ctrl-C. */
async function main(): Promise<void> {
  const configuration = await choosePort(readConfiguration(process.env));
  const logger = createLogger(configuration.logLevel);
  const platform = await createPlatform(configuration, logger);
  await platform.start();
  const isNew = await seedEnvironment(platform.services, say);
  const example =
    isNew && configuration.seed === 'example'
      ? await seedExample(platform.services, say)
      : await startExample(platform.services, say);
  const { origin } = platform.services;
  say(`\nPatchbay is ready at ${origin}`);
  await offerSignIn(platform, configuration);
  stopOnSignal(platform, async () => example?.close());
}

/** The one-time link for the first administrator, while nobody could sign in otherwise. */
async function offerSignIn({ services }: Platform, { signInLink, oidc }: Configuration): Promise<void> {
  if (oidc !== undefined) return;
  const administrators = (await services.store.accounts.list()).filter((account) => account.role === 'administrator');
  const [first] = administrators;
  const hasPassword = administrators.some((account) => account.passwordHash !== undefined);
  if (first === undefined || (hasPassword && signInLink === 'needed')) return;
  say(`Sign in once with ${await createSignInLink(services.store, services.origin, first.id)}`);
  say('The link works one time, for an hour; set a password in the portal, or start again for another link.');
}

function stopOnSignal(platform: Platform, closeExample: () => Promise<void>): void {
  let isStopping = false;
  const stop = (): void => {
    if (isStopping) process.exit(130);
    isStopping = true;
    process.stderr.write('\nStopping: letting runs come to rest …\n');
    platform
      .stop()
      .then(closeExample)
      .then(
        () => process.exit(0),
        (error: unknown) => {
          process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
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

/** What a person can do about a start that failed. */
function describeFailure(error: unknown): string {
  if (error instanceof ConfigurationError || error instanceof StoreError || error instanceof CredentialError)
    return error.message;
  if (error instanceof Error && 'code' in error && error.code === 'EADDRINUSE') {
    return 'The port is in use. Stop what listens there, or choose another with PORT=4320 npm start.';
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

main().catch((error: unknown) => {
  process.stderr.write(`${describeFailure(error)}\n`);
  process.exit(error instanceof ConfigurationError ? 2 : 1);
});
