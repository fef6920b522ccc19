import type { RunStore } from '@patchbay/workflow';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { AccountLinksOptions } from './account-linking/account-links.ts';
import type { Configuration } from './configuration/configuration.ts';
import { createServices } from './create-services.ts';
import { openFoundation } from './foundation.ts';
import { startHousekeeping } from './housekeeping.ts';
import { createApp } from './http/create-app.ts';
import { openApiDocuments } from './http/openapi-documents.ts';
import { startRetention } from './retention-rounds.ts';
import { RunRetention } from './services/run-retention.ts';
import type { Services } from './services/services.ts';

export const version = '0.1.0';

/** A whole platform in this process. */
export type Platform = {
  readonly app: FastifyInstance;
  readonly services: Services;
  /** Listens, and starts the engine: unfinished runs go on. */
  start(): Promise<void>;
  /** Takes nothing more, lets requests and runs come to rest, closes. */
  stop(): Promise<void>;
};

/** What a test may put in the place of the platform's own. */
export type PlatformOptions = Pick<AccountLinksOptions, 'checks' | 'takePending'> & {
  /** Puts something before the record of runs. */
  readonly wrapRuns?: (runs: RunStore) => RunStore;
};

/** Puts the rooms together. The configuration's port must be a real one: the public origin is made of it. */
export async function createPlatform(
  configuration: Configuration,
  logger: FastifyBaseLogger,
  { wrapRuns = (runs) => runs, ...options }: PlatformOptions = {},
): Promise<Platform> {
  const foundation = await openFoundation(configuration, logger, wrapRuns);
  const state = { isReady: false };
  const made = await createServices(foundation, { ...options, version, isReady: () => state.isReady });
  const services: Services = { ...made, documents: () => documents() };
  const app = await createApp(services, logger);
  const documents = openApiDocuments(app);
  return { app, services, ...lifeOf(app, services, { state, logger }) };
}

function lifeOf(
  app: FastifyInstance,
  services: Services,
  { state, logger }: { readonly state: { isReady: boolean }; readonly logger: FastifyBaseLogger },
): Pick<Platform, 'start' | 'stop'> {
  const { configuration, deployment, egress, engine, environments, store } = services;
  const isWorker = configuration.roles.includes('worker');
  const rounds = { stopHousekeeping: (): void => {}, stopRetention: async (): Promise<void> => {} };
  const stop = async (): Promise<void> => {
    state.isReady = false;
    rounds.stopHousekeeping();
    const endedRetention = rounds.stopRetention();
    const { drainTimeoutMs } = configuration;
    const startedAtMs = performance.now();
    const closed = app.close();
    await settledWithin(closed, drainTimeoutMs);
    // Callers that still wait are answered by the engine when its time is up.
    await engine.drain(Math.max(0, drainTimeoutMs - (performance.now() - startedAtMs)));
    await settledWithin(closed, answerMs);
    app.server.closeAllConnections();
    await closed;
    await egress.close();
    await endedRetention;
    await store.close();
  };
  const start = async (): Promise<void> => {
    await engine.start();
    if (isWorker) await deployment.scheduleAll();
    try {
      await app.listen({ host: configuration.host, port: configuration.port });
    } catch (error) {
      await stop();
      throw error;
    }
    rounds.stopHousekeeping = startHousekeeping(store, logger);
    if (isWorker) rounds.stopRetention = startRetention(new RunRetention({ store, environments }), logger);
    state.isReady = true;
  };
  return { start, stop };
}

/** How long a last answer may take to be written when a server stops. */
const answerMs = 500;

async function settledWithin(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeoutMs);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}
