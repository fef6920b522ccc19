import type { RunSignal, RunStore } from '../contract.ts';
import { DuplicateRunError, FencedError } from '../failures.ts';
import type { ActionPlan, StaticResult } from '../plan/plan.ts';
import type { BatchPost } from '../run/batch-sends.ts';
import type { ChildFlows } from '../run/child-flows.ts';
import type { RunHost, RunRest } from '../run/run-request.ts';
import type { ActiveRuns } from './active-runs.ts';
import type { Callers } from './callers.ts';
import type { EngineLogger, EngineOptions, IdSource } from './engine-contract.ts';
import { isKind } from './error-kind.ts';
import type { Pump } from './pump.ts';
import type { SignalPost } from './signal-post.ts';

/** What every run of an engine is given. */
export type RunHostParts = {
  readonly options: EngineOptions;
  readonly ids: IdSource;
  readonly logger: EngineLogger;
  readonly leaseMs: number;
  readonly recordsAtATime: number;
  readonly transformer: RunHost['transformer'];
  readonly staticResult: ((action: ActionPlan) => StaticResult | undefined) | undefined;
  /** Whether webhook actions can be called back. */
  readonly isCallable: boolean;
  readonly pump: Pump;
  readonly callers: Callers;
  readonly active: ActiveRuns;
  readonly signals: SignalPost;
  readonly children: () => ChildFlows;
  readonly batches: () => BatchPost;
  /** A run that others wait for has ended. */
  readonly lookAtGate: (store: RunStore) => void;
  readonly isStopping: () => boolean;
};

/** Makes what runs need of the engine that advances them. */
export class RunHosts {
  readonly #parts: RunHostParts;
  readonly #byStore = new Map<RunStore, RunHost>();

  constructor(parts: RunHostParts) {
    this.#parts = parts;
  }

  /** For the runs of a store for which nobody waits in another process: one for all of them. */
  of(store: RunStore, isStateless: boolean): RunHost {
    let host = this.#byStore.get(store);
    if (host === undefined) {
      host = this.create(store, isStateless);
      this.#byStore.set(store, host);
    }
    return host;
  }

  /** `callerUntilMs`: until when somebody waits, perhaps in another process; 0 where nobody does. */
  create(store: RunStore, isStateless: boolean, callerUntilMs = 0): RunHost {
    const { options, ids, logger, leaseMs, recordsAtATime, transformer, staticResult, pump, callers } = this.#parts;
    const { clock, invoker, notices } = options;
    const isAwaitedElsewhere = (): boolean => callerUntilMs >= clock.nowMs();
    const tellCaller = (runId: string): void => {
      if (isAwaitedElsewhere()) notices?.publish({ kind: 'run', runId });
    };
    return {
      store,
      clock,
      confirmedMs: leaseMs / 2,
      isHeldSince: (ms) => isStateless || this.#parts.active.isHeldSince(ms),
      recordsAtATime,
      invoker,
      ids,
      logger,
      appSettings: options.appSettings ?? {},
      artifacts: options.artifacts,
      codeRunner: options.codeRunner,
      transformer,
      children: this.#parts.children(),
      batches: this.#parts.batches(),
      isCallable: this.#parts.isCallable,
      isAlone: isStateless || notices === undefined,
      ...(staticResult === undefined ? {} : { staticResult }),
      schedule: (run) => pump.schedule(run),
      fetchSignals: (runId) => this.look(runId),
      onSent: (signal) => this.sent(signal, store),
      awaitsResponse: (runId) => callers.awaits(runId) || isAwaitedElsewhere(),
      isTooLate: (runId) => callers.isTooLate(runId, clock.nowMs()) || (callerUntilMs > 0 && !isAwaitedElsewhere()),
      awaitedUntilMs: (runId) => Math.max(callers.untilMs(runId) ?? 0, callerUntilMs),
      onResponse: (runId, message) => {
        callers.answer(runId, message);
        tellCaller(runId);
      },
      staysInMemory: (runId, wakeAtMs) =>
        isStateless || wakeAtMs <= (callers.untilMs(runId) ?? Number.NEGATIVE_INFINITY),
      onRest: (runId, rest) => {
        this.#onRest(runId, rest);
        if (rest.kind === 'finished') tellCaller(runId);
      },
    };
  }

  /** Signals to a run in memory may have come by way of another process. */
  look(runId: string): void {
    this.#report(this.#parts.signals.fetch(runId), runId);
  }

  /** A signal that a run sent is durable. */
  sent(signal: RunSignal, store: RunStore): void {
    this.#report(this.#parts.signals.forward(signal, store), signal.runId);
  }

  /** The store is asked again when the run rests. */
  #report(work: Promise<void>, runId: string): void {
    work.catch((error: unknown) =>
      this.#parts.logger.warn({ err: error, runId }, 'signals could not be brought to a run'),
    );
  }

  #onRest(runId: string, rest: RunRest): void {
    const { callers, options, active } = this.#parts;
    const held = active.find(runId);
    switch (rest.kind) {
      case 'finished':
        callers.disappoint(runId, 'the run ended without a Response action');
        if (held?.run.hasGate === true) this.#parts.lookAtGate(held.store);
        break;
      case 'sleeping':
        if (rest.wakeAtMs > (callers.untilMs(runId) ?? 0)) {
          callers.dismiss(runId, 'the run waits for longer than a caller may');
        }
        if (!this.#parts.isStopping()) options.dispatcher.wakeAt(runId, rest.wakeAtMs);
        break;
      case 'halted':
        callers.disappoint(runId, 'the run could not go on', rest.error);
        this.#reportHalt(runId, rest.error);
        break;
    }
    active.forget(runId, rest);
  }

  #reportHalt(runId: string, error: unknown): void {
    const { logger } = this.#parts;
    if (isKind(error, DuplicateRunError, 'DuplicateRun')) return;
    if (isKind(error, FencedError, 'Fenced')) logger.warn({ runId }, 'another process owns the run');
    else logger.error({ err: error, runId }, 'the records of a run could not be written');
  }
}
