import { join } from 'node:path';
import { createVault } from '@patchbay/credential';
import { createEgress } from '@patchbay/egress';
import { openStore, parseStoreLocation, type StoreLocation } from '@patchbay/store';
import { createEngine, createSystemClock, type Engine, type RunStore } from '@patchbay/workflow';
import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import { AccountLinks, type AccountLinksOptions } from './account-linking/account-links.ts';
import type { Configuration } from './configuration/configuration.ts';
import { openDataFolder } from './data-folder.ts';
import { openDispatch } from './dispatch.ts';
import { startHousekeeping } from './housekeeping.ts';
import { Authenticator } from './http/authenticator.ts';
import { createApp } from './http/create-app.ts';
import { countRuns, Metrics } from './http/metrics.ts';
import { openApiDocuments } from './http/openapi-documents.ts';
import { createIdentity } from './identity/identity.ts';
import { loadMasterKey } from './master-key.ts';
import { startRetention } from './retention-rounds.ts';
import { CallbackService, callbackAddresses } from './services/callback-service.ts';
import { ConnectionAccessReader } from './services/connection-access.ts';
import { ConnectionService } from './services/connection-service.ts';
import { ConnectorService } from './services/connector-service.ts';
import { ConnectorTriggerSource } from './services/connector-trigger-source.ts';
import { DynamicService } from './services/dynamic-service.ts';
import { EnvironmentService } from './services/environment-service.ts';
import { FlowService } from './services/flow-service.ts';
import { FlowSignatures } from './services/flow-signatures.ts';
import { HttpTriggerSource } from './services/http-trigger-source.ts';
import { PlatformInvoker } from './services/invoker.ts';
import { NotificationAddresses } from './services/notification-addresses.ts';
import { NotificationChecks } from './services/notification-checks.ts';
import { NotificationService } from './services/notification-service.ts';
import { RunRepeats } from './services/run-repeats.ts';
import { RunRetention } from './services/run-retention.ts';
import { RunService } from './services/run-service.ts';
import type { Services } from './services/services.ts';
import { TriggerHistories } from './services/trigger-histories.ts';
import { PlatformTriggerSource } from './services/trigger-source.ts';
import { VariableService } from './services/variable-service.ts';
import { WatchService } from './services/watch-service.ts';

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
  { wrapRuns, ...options }: PlatformOptions = {},
): Promise<Platform> {
  const localOrigin = `http://${configuration.host.includes(':') ? `[${configuration.host}]` : configuration.host}:${configuration.port}`;
  const origin = configuration.publicUrl ?? localOrigin;
  await openDataFolder(configuration.dataFolder);
  const vault = createVault({ masterKey: await loadMasterKey(configuration.masterKeyFile) });
  const opened = await openStore(locate(configuration));
  const store = wrapRuns === undefined ? opened : { ...opened, runs: wrapRuns(opened.runs) };
  const egress = createEgress({
    timeoutMs: configuration.callTimeoutMs,
    onRefused: ({ code, method, host, message }) =>
      logger.warn({ event: 'call-refused', code, method, host, problem: message }, 'a call was kept in'),
  });
  const identity = await createIdentity({
    store,
    vault,
    egress,
    origin,
    localOrigin,
    ...(configuration.oidc !== undefined && { external: configuration.oidc }),
  });
  const environments = new EnvironmentService(store, {
    callTimeoutMs: configuration.callTimeoutMs,
    retention: configuration.runRetention,
  });
  const connectors = new ConnectorService(store, vault);
  const variables = new VariableService(store, vault);
  const connections = new ConnectionService({
    store,
    vault,
    egress,
    connectors,
    environments,
    access: new ConnectionAccessReader({ vault, egress, connectors, environments, variables, origin }),
    logger,
    commonRedirectUntilMs: configuration.commonRedirectUntilMs,
    origin,
  });
  const accountLinks = new AccountLinks({ store, vault, connections, logger, ...options });
  const signatures = new FlowSignatures(store, vault);
  const addresses = new NotificationAddresses({ store, vault, signatures, origin });
  const checks = new NotificationChecks(connections, addresses);
  const clock = createSystemClock();
  const metrics = new Metrics();
  const { dispatcher, leaseMs } = await openDispatch(configuration, store, clock, logger);
  const isWorker = configuration.roles.includes('worker');
  // The flow service schedules through the engine, and the engine loads flows through the service.
  const flows: FlowService = new FlowService({ store, connectors, engine: () => engine });
  const engine: Engine = createEngine({
    store: countRuns(store.runs, metrics),
    schedules: store.schedules,
    dispatcher,
    ...(leaseMs !== undefined && { leaseMs }),
    ...(store.notices !== undefined && { notices: store.notices }),
    advancesRuns: isWorker,
    clock,
    invoker: new PlatformInvoker({
      connections,
      connectors,
      environments,
      egress,
      addresses,
      callTimeoutMs: configuration.callTimeoutMs,
    }),
    flows,
    artifacts: store.artifacts,
    directory: flows,
    batches: store.batches,
    callbacks: callbackAddresses(origin, signatures),
    watching: {
      watches: store.watches,
      source: new PlatformTriggerSource({
        addresses,
        connectors: new ConnectorTriggerSource({
          connections,
          addresses,
          vault,
          callTimeoutMs: configuration.callTimeoutMs,
        }),
        http: new HttpTriggerSource({ egress, environments, vault, callTimeoutMs: configuration.callTimeoutMs }),
      }),
    },
    logger,
  });
  const state = { isReady: false, stopHousekeeping: (): void => {}, stopRetention: async (): Promise<void> => {} };
  const services: Services = {
    configuration,
    origin,
    version,
    store,
    vault,
    egress,
    engine,
    identity,
    authenticator: new Authenticator({ store, verifier: identity.verifier, origin }),
    environments,
    connectors,
    connections,
    accountLinks,
    variables,
    dynamic: new DynamicService(connections),
    flows,
    runs: new RunService({ store, flows, signatures, origin }),
    runRepeats: new RunRepeats({ store, engine }),
    triggerHistories: new TriggerHistories(store),
    watches: new WatchService({ store, engine: () => engine }),
    notifications: new NotificationService({ store, flows, checks, addresses, engine: () => engine }),
    callbacks: new CallbackService({ signatures, flows, checks, engine: () => engine }),
    signatures,
    metrics,
    portalFolder: join(import.meta.dirname, '../../portal/dist'),
    isReady: () => state.isReady,
    documents: () => documents(),
  };
  const app = await createApp(services, logger);
  const documents = openApiDocuments(app);
  const stop = async (): Promise<void> => {
    state.isReady = false;
    state.stopHousekeeping();
    const endedRetention = state.stopRetention();
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
  return {
    app,
    services,
    start: async () => {
      await engine.start();
      if (isWorker) await flows.scheduleAll();
      try {
        await app.listen({ host: configuration.host, port: configuration.port });
      } catch (error) {
        await stop();
        throw error;
      }
      state.stopHousekeeping = startHousekeeping(store, logger);
      if (isWorker) state.stopRetention = startRetention(new RunRetention({ store, environments }), logger);
      state.isReady = true;
    },
    stop,
  };
}

/** How long a last answer may take to be written when a server stops. */
const answerMs = 500;

async function settledWithin(work: Promise<unknown>, timeoutMs: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, timeoutMs);
  await Promise.race([work, promise]);
  clearTimeout(timer);
}

function locate({ databaseUrl, dataFolder }: Configuration): StoreLocation {
  return databaseUrl === undefined
    ? { kind: 'sqlite', path: join(dataFolder, 'patchbay.db') }
    : parseStoreLocation(databaseUrl);
}
