import type { Clock, Lease, RunPlace, RunRecord, RunSignal, RunStore } from '../contract.ts';
import { DefinitionError } from '../failures.ts';
import { endSignal } from '../run/parent-signal.ts';
import { loadPast } from '../run/past.ts';
import { Run } from '../run/run.ts';
import type { RunHost } from '../run/run-request.ts';
import { formatTimestamp } from '../run/timestamp.ts';
import type { ActiveRuns } from './active-runs.ts';
import type { EngineLogger } from './engine-contract.ts';
import type { LoadedFlow } from './plan-cache.ts';
import { payloadsOf } from './trigger-record.ts';

/** So many take a while to read, in which somebody may want the run stopped. */
const manyRecords = 1_000;

/** What taking runs over needs of its engine. */
export type ResumerHost = {
  readonly clock: Clock;
  readonly store: RunStore;
  readonly owner: string;
  readonly leaseMs: number;
  readonly logger: EngineLogger;
  readonly active: ActiveRuns;
  load(flowId: string, revision: number): Promise<LoadedFlow | undefined>;
  host(store: RunStore, callerUntilMs: number | undefined): RunHost;
  openCallbacks(loaded: LoadedFlow): Promise<((place: RunPlace) => string) | undefined>;
  schedule(run: Run): void;
  onSent(signal: RunSignal, store: RunStore): void;
  /** A run that others wait for has ended. */
  lookAtGate(store: RunStore): void;
};

/** Takes over what a process (this one, before) left. */
export class RunResumer {
  readonly #host: ResumerHost;

  constructor(host: ResumerHost) {
    this.#host = host;
  }

  /** Goes on with a run until it rests again. */
  async resume(runId: string, store = this.#host.store): Promise<void> {
    const { clock, owner, leaseMs, logger, active } = this.#host;
    const claimed = await store.claim(runId, owner, clock.nowMs() + leaseMs);
    if (claimed === undefined) return;
    const { run, lease, signals, cancelRequested } = claimed;
    let loaded: LoadedFlow | undefined;
    try {
      loaded = await this.#host.load(run.flowId, run.flowRevision);
    } catch (error) {
      if (!(error instanceof DefinitionError)) throw error;
      logger.error({ err: error, runId }, 'a run cannot go on');
    }
    if (loaded === undefined) {
      await this.#failLost(store, lease, run);
      return;
    }
    const callbackUrl = await this.#host.openCallbacks(loaded);
    const { plan, flow, parameters } = loaded;
    const past = await loadPast(store, plan, claimed);
    const instance = new Run({
      host: this.#host.host(store, run.callerUntilMs),
      plan,
      flow,
      parameters,
      run,
      lease,
      ...payloadsOf(run),
      past,
      signals,
      ...(callbackUrl === undefined ? {} : { callbackUrl }),
    });
    const held = active.hold(instance, store);
    instance.resume();
    if (cancelRequested) instance.cancel();
    else if (past.lastSequence > manyRecords) active.stopAsked();
    this.#host.schedule(instance);
    await held.rest.promise;
  }

  /** The flow's revision is gone or can no longer run: the run says so instead of being tried for ever. */
  async #failLost(store: RunStore, lease: Lease, run: RunRecord): Promise<void> {
    const { runId } = run;
    const code = 'WorkflowVersionNotFound';
    const message = `Revision ${run.flowRevision} of flow ${run.flowId} cannot be loaded.`;
    const { clock } = this.#host;
    const endTime = formatTimestamp(clock.nowMs());
    const signal = run.response === undefined ? endSignal(run, 'Failed') : undefined;
    await store.append(lease, [
      ...(signal === undefined ? [] : [{ kind: 'signal-sent' as const, runId, signal }]),
      { kind: 'run-finished', runId, status: 'Failed', code, error: { code, message }, endTime },
    ]);
    if (signal !== undefined) this.#host.onSent(signal, store);
    if (run.gate !== undefined) this.#host.lookAtGate(store);
  }
}
