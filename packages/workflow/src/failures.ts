/** Why the engine or one of its ports refused; closed, so that callers can switch on it. */
export type WorkflowErrorCode =
  | 'Fenced'
  | 'DuplicateRun'
  | 'InvocationFailed'
  | 'DefinitionInvalid'
  | 'EngineStopped'
  | RerunRefusal;

/**
 * `RunNotFound`: also one that was kept in memory only. `RunNotEnded`: it runs, sleeps or waits. `ActionNotRun`: it was not reached.
 * `ActionChanged`: an action whose result would be kept is another one in the revision that was asked for.
 */
export type RerunRefusal = 'RunNotFound' | 'RunNotEnded' | 'ActionNotRun' | 'ActionChanged';

/** The base of this package's failures. */
export abstract class WorkflowError extends Error {
  abstract readonly code: WorkflowErrorCode | (string & {});
}

/** Another process owns the run: what was appended under the older lease was refused and did not happen. */
export class FencedError extends WorkflowError {
  override readonly name = 'FencedError';
  readonly code = 'Fenced';
  readonly runId: string;

  constructor(runId: string) {
    super(`run ${runId} is owned by a newer lease; this process stops advancing it`);
    this.runId = runId;
  }
}

/** A run with this unique key exists already, so nothing was started. */
export class DuplicateRunError extends WorkflowError {
  override readonly name = 'DuplicateRunError';
  readonly code = 'DuplicateRun';
  readonly uniqueKey: string;

  constructor(uniqueKey: string) {
    super(`a run with the unique key "${uniqueKey}" exists already`);
    this.uniqueKey = uniqueKey;
  }
}

/** An {@link Invoker}'s way to say that there is no answer: `code` becomes the action's code, `retryable` lets its retry policy apply. */
export class InvocationError extends WorkflowError {
  override readonly name = 'InvocationError';
  readonly code: string;
  readonly retryable: boolean;

  constructor(code: string, message: string, options: { readonly retryable?: boolean; readonly cause?: unknown } = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = options.retryable ?? false;
  }
}

/** The flow's definition has errors, so it cannot run; `findings` says which. */
export class DefinitionError extends WorkflowError {
  override readonly name = 'DefinitionError';
  readonly code = 'DefinitionInvalid';
  readonly findings: readonly { readonly code: string; readonly message: string; readonly pointer: string }[];

  constructor(
    flow: string,
    findings: readonly { readonly code: string; readonly message: string; readonly pointer: string }[],
  ) {
    const first = findings[0];
    super(
      `the definition of ${flow} cannot run: ${first === undefined ? 'no reason given' : `${first.message} (${first.pointer})`}`,
    );
    this.findings = findings;
  }
}

/** A run cannot be done again from an action on. */
export class RerunRefusedError extends WorkflowError {
  override readonly name = 'RerunRefusedError';
  readonly code: RerunRefusal;

  constructor(code: RerunRefusal, message: string) {
    super(message);
    this.code = code;
  }
}

/** The engine has been drained and takes no more work. */
export class EngineStoppedError extends WorkflowError {
  override readonly name = 'EngineStoppedError';
  readonly code = 'EngineStopped';

  constructor() {
    super('the engine is stopping and takes no more work');
  }
}
