import type { Vault } from '@patchbay/credential';
import type { Egress } from '@patchbay/egress';
import type { Store } from '@patchbay/store';
import type { Engine } from '@patchbay/workflow';
import type { AccountLinks } from '../account-linking/account-links.ts';
import type { Configuration } from '../configuration/configuration.ts';
import type { Authenticator } from '../http/authenticator.ts';
import type { Metrics } from '../http/metrics.ts';
import type { OpenApiDocuments } from '../http/openapi-documents.ts';
import type { Identity } from '../identity/identity.ts';
import type { CallbackService } from './callback-service.ts';
import type { ConnectionService } from './connection-service.ts';
import type { ConnectorService } from './connector-service.ts';
import type { DeployedFlows } from './deployed-flows.ts';
import type { DynamicService } from './dynamic-service.ts';
import type { EnvironmentService } from './environment-service.ts';
import type { FlowDeployment } from './flow-deployment.ts';
import type { FlowSignatures } from './flow-signatures.ts';
import type { NotificationService } from './notification-service.ts';
import type { RunRepeats } from './run-repeats.ts';
import type { RunService } from './run-service.ts';
import type { TriggerHistories } from './trigger-histories.ts';
import type { VariableService } from './variable-service.ts';
import type { WatchService } from './watch-service.ts';

/** Everything that a route may use; put together once by the composition root. */
export type Services = {
  readonly configuration: Configuration;
  /** The public origin: what every absolute URL begins with. */
  readonly origin: string;
  readonly version: string;
  readonly store: Store;
  readonly egress: Egress;
  readonly vault: Vault;
  readonly engine: Engine;
  readonly identity: Identity;
  readonly authenticator: Authenticator;
  readonly environments: EnvironmentService;
  readonly connectors: ConnectorService;
  readonly connections: ConnectionService;
  readonly accountLinks: AccountLinks;
  readonly variables: VariableService;
  readonly dynamic: DynamicService;
  readonly flows: DeployedFlows;
  readonly deployment: FlowDeployment;
  readonly runs: RunService;
  readonly runRepeats: RunRepeats;
  readonly triggerHistories: TriggerHistories;
  readonly notifications: NotificationService;
  readonly callbacks: CallbackService;
  readonly watches: WatchService;
  readonly signatures: FlowSignatures;
  readonly metrics: Metrics;
  /** The OpenAPI documents of the server's own interfaces. */
  readonly documents: () => OpenApiDocuments;
  /** Where the built portal lies. */
  readonly portalFolder: string;
  /** Whether the engine runs and requests are taken. */
  readonly isReady: () => boolean;
};
