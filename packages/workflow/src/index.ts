export { artifactNames, chooseArtifact } from './artifact-name.ts';
export type * from './contract.ts';
export { artifactKinds, countToRelease, keptKeysMs } from './contract.ts';
export { type Dialect, type DialectDefaults, dialectDefaults } from './dialect/dialect.ts';
export { findDialect } from './dialect/find-dialect.ts';
export { type Deployment, deploymentOf, flowOfDeployment } from './document/deployment.ts';
export type { DocumentFinding } from './document/document-finding.ts';
export { flowDifferences } from './document/flow-difference.ts';
export {
  type EnvironmentVariable,
  type FlowConnection,
  type FlowDocument,
  type FlowFile,
  type FlowForm,
  flowForms,
} from './document/flow-document.ts';
export { isFileOfFlows, type ReadFlows, type ReadFlowsOptions, readFlows } from './document/read-flows.ts';
export { readWorkflowFile, runnableFlow, type WorkflowFile } from './document/read-workflow-file.ts';
export { fileText, type WrittenFlow, writeFlow } from './document/write-flow.ts';
export { earlyWakeMs } from './early-wake.ts';
export { Activations } from './engine/activations.ts';
export { createEmbeddedDispatcher, type EmbeddedDispatcherOptions } from './engine/embedded-dispatcher.ts';
export { createEngine } from './engine/engine.ts';
export type {
  Engine,
  EngineLogger,
  EngineOptions,
  FiredRun,
  FireRequest,
  FireResult,
  IdSource,
  NotFiredReason,
  RerunRequest,
  ResponseMessage,
} from './engine/engine-contract.ts';
export { createSystemClock } from './engine/system-clock.ts';
export {
  DefinitionError,
  DuplicateRunError,
  EngineStoppedError,
  FencedError,
  InvocationError,
  type RerunRefusal,
  RerunRefusedError,
} from './failures.ts';
export type { Finding, FindingCode, Severity } from './findings.ts';
export type { LocalCallback } from './local-callbacks.ts';
export { createMemoryRunStore } from './memory/memory-run-store.ts';
export { createMemoryScheduleStore } from './memory/memory-schedule-store.ts';
export { createMemoryWatchStore } from './memory/memory-watch-store.ts';
export { type CompileOptions, type CompileResult, compileDefinition } from './plan/compile-definition.ts';
export type { Plan, TriggerPlan } from './plan/plan.ts';
export { staticActions } from './plan/static-actions.ts';
export { nextRecurrence } from './recurrence/next-recurrence.ts';
export { type Recurrence, readRecurrence } from './recurrence/recurrence.ts';
export { parseRetryAfterMs } from './retry/retry-policy.ts';
export { describeFlowRules } from './rules/describe-rules.ts';
export type { FlowRuleDescription } from './rules/rule.ts';
export { readResponse } from './run/read-response.ts';
export { reasonName } from './run/status-code.ts';
export { trackingHeaders } from './run/tracking-headers.ts';
export { runCodes } from './run-codes.ts';
export { type CalledFlow, type RunOnceOptions, runOnce } from './run-once.ts';
export type { ActionReport, RunReport } from './run-report.ts';
export { summarizeRun, summarizeTrigger } from './run-summary.ts';
export { concealAction, concealRun, concealSummary } from './secure/conceal.ts';
export { everythingSecured, type SecuredParts, securedParts } from './secure/secured-parts.ts';
export {
  isRequestType,
  type RequestAccess,
  type RequestTrigger,
  readRequestTrigger,
} from './triggers/request-trigger.ts';
