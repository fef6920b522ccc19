export type {
  AccountRepository,
  AccountRow,
  ConnectionRepository,
  ConnectionRow,
  ConnectorRepository,
  ConnectorRow,
  EnvironmentLimits,
  EnvironmentRepository,
  EnvironmentRetention,
  EnvironmentRow,
  FlowRepository,
  FlowRevisionRow,
  FlowRow,
  IdentityRepository,
  IdentityRow,
  LeaseRepository,
  PendingLinkRepository,
  PendingLinkRow,
  SessionRepository,
  SessionRow,
  SettingRepository,
  SignInLinkRow,
  Store,
  StoreLocation,
  VariableRepository,
  VariableRow,
} from './contract.ts';
export { StoreError, type StoreErrorCode } from './errors.ts';
export type { Deletion, ExpiredRuns, RunRetention } from './history/contract.ts';
export { openStore, type StoreOptions } from './open-store.ts';
export { parseStoreLocation } from './store-location.ts';
