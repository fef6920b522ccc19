import { join } from 'node:path';
import { createEngine, createSystemClock, type Engine } from '@patchbay/workflow';
import { AccountLinks, type AccountLinksOptions } from './account-linking/account-links.ts';
import { openDispatch } from './dispatch.ts';
import type { Foundation } from './foundation.ts';
import { Authenticator } from './http/authenticator.ts';
import { countRuns, Metrics } from './http/metrics.ts';
import { CallbackService, callbackAddresses } from './services/callback-service.ts';
import { ConnectionAccessReader } from './services/connection-access.ts';
import { ConnectionService } from './services/connection-service.ts';
import { ConnectorService } from './services/connector-service.ts';
import { ConnectorTriggerSource } from './services/connector-trigger-source.ts';
import { DeployedFlows } from './services/deployed-flows.ts';
import { DynamicService } from './services/dynamic-service.ts';
import { EnvironmentService } from './services/environment-service.ts';
import { FlowDeployment } from './services/flow-deployment.ts';
import { FlowSignatures } from './services/flow-signatures.ts';
import { HttpTriggerSource } from './services/http-trigger-source.ts';
import { PlatformInvoker } from './services/invoker.ts';
import { NotificationAddresses } from './services/notification-addresses.ts';
import { NotificationChecks } from './services/notification-checks.ts';
import { NotificationService } from './services/notification-service.ts';
import { RunRepeats } from './services/run-repeats.ts';
import { RunService } from './services/run-service.ts';
import type { Services } from './services/services.ts';
import { TriggerHistories } from './services/trigger-histories.ts';
import { PlatformTriggerSource } from './services/trigger-source.ts';
import { VariableService } from './services/variable-service.ts';
import { WatchService } from './services/watch-service.ts';

export type ServicesOptions = Pick<AccountLinksOptions, 'checks' | 'takePending'> & {
  readonly version: string;
  readonly isReady: () => boolean;
};

/** What calls APIs, for people and for flows. */
type Connectivity = Pick<Services, 'environments' | 'connectors' | 'variables' | 'connections' | 'signatures'> & {
  readonly addresses: NotificationAddresses;
};

/** Puts the services together; the engine does not run yet. */
export async function createServices(
  foundation: Foundation,
  { version, isReady, ...options }: ServicesOptions,
): Promise<Omit<Services, 'documents'>> {
  const { configuration, logger, origin, store, vault, egress, identity } = foundation;
  const connectivity = createConnectivity(foundation);
  const { connectors, connections, signatures, addresses, ...others } = connectivity;
  const flows = new DeployedFlows({ store, connectors });
  const metrics = new Metrics();
  const engine = await createFlowEngine(foundation, connectivity, { flows, metrics });
  const checks = new NotificationChecks(connections, addresses);
  return {
    configuration,
    origin,
    version,
    store,
    vault,
    egress,
    engine,
    identity,
    authenticator: new Authenticator({ store, verifier: identity.verifier, origin }),
    ...others,
    connectors,
    connections,
    accountLinks: new AccountLinks({ store, vault, connections, logger, ...options }),
    dynamic: new DynamicService(connections),
    flows,
    deployment: new FlowDeployment({ store, connectors, flows, engine }),
    runs: new RunService({ store, flows, signatures, origin }),
    runRepeats: new RunRepeats({ store, engine }),
    triggerHistories: new TriggerHistories(store),
    watches: new WatchService({ store, engine }),
    notifications: new NotificationService({ store, flows, checks, addresses, engine }),
    callbacks: new CallbackService({ signatures, flows, checks, engine }),
    signatures,
    metrics,
    portalFolder: join(import.meta.dirname, '../../portal/dist'),
    isReady,
  };
}

function createConnectivity({ configuration, logger, origin, store, vault, egress }: Foundation): Connectivity {
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
  const signatures = new FlowSignatures(store, vault);
  const addresses = new NotificationAddresses({ store, vault, signatures, origin });
  return { environments, connectors, variables, connections, signatures, addresses };
}

async function createFlowEngine(
  { configuration, logger, origin, store, vault, egress }: Foundation,
  { connections, connectors, environments, addresses, signatures }: Connectivity,
  { flows, metrics }: { readonly flows: DeployedFlows; readonly metrics: Metrics },
): Promise<Engine> {
  const { callTimeoutMs } = configuration;
  const clock = createSystemClock();
  const { dispatcher, leaseMs } = await openDispatch(configuration, store, clock, logger);
  return createEngine({
    store: countRuns(store.runs, metrics),
    schedules: store.schedules,
    dispatcher,
    ...(leaseMs !== undefined && { leaseMs }),
    ...(store.notices !== undefined && { notices: store.notices }),
    advancesRuns: configuration.roles.includes('worker'),
    clock,
    invoker: new PlatformInvoker({ connections, connectors, environments, egress, addresses, callTimeoutMs }),
    flows,
    artifacts: store.artifacts,
    directory: flows,
    batches: store.batches,
    callbacks: callbackAddresses(origin, signatures),
    watching: {
      watches: store.watches,
      source: new PlatformTriggerSource({
        addresses,
        connectors: new ConnectorTriggerSource({ connections, addresses, vault, callTimeoutMs }),
        http: new HttpTriggerSource({ egress, environments, vault, callTimeoutMs }),
      }),
    },
    logger,
  });
}
