export type * from './contract.ts';
export type {
  Engine,
  EngineLogger,
  EngineOptions,
  FiredRun,
  FireRequest,
  FireResult,
  IdSource,
  NotFiredReason,
  ResponseMessage,
} from './engine/engine-contract.ts';
export {
  DefinitionError,
  DuplicateRunError,
  EngineStoppedError,
  FencedError,
  InvocationError,
} from './failures.ts';
export type { Finding, FindingCode, Severity } from './findings.ts';
