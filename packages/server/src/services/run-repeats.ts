import { parseJson } from '@patchbay/expression';
import type { FlowRow, Store } from '@patchbay/store';
import { type Engine, type FireResult, RerunRefusedError, type RunRecord } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';

export type RepeatRequest = {
  readonly flow: FlowRow;
  readonly runId: string;
  /** Of several requests with one key (of one run) the first starts a run, and the others answer it. */
  readonly key: string | undefined;
};

/** Repeats runs: as a whole, or from some actions on. */
export class RunRepeats {
  readonly #store: Store;
  readonly #engine: Engine;

  constructor(options: { readonly store: Store; readonly engine: Engine }) {
    this.#store = options.store;
    this.#engine = options.engine;
  }

  /** Runs the flow as it is now with what a run began with; the new run's id. Throws `WorkflowRunNotFound`, `TooManyRuns`. */
  async resubmit(request: RepeatRequest): Promise<string> {
    const { flow } = request;
    const { runId, trigger } = await this.#find(request);
    const { name, inputs, outputs } = trigger;
    return this.#started(request, (uniqueKey) =>
      this.#engine.fire({
        flow: { flowId: flow.id, revision: flow.revision },
        trigger: name,
        outputs: outputs === undefined ? null : parseJson(outputs),
        ...(inputs !== undefined && { inputs: parseJson(inputs) }),
        ...(uniqueKey !== undefined && { uniqueKey }),
        resubmits: runId,
      }),
    );
  }

  /**
   * Does some actions of a run again, on the flow as it is now, with the results before them kept; the new run's id. Throws as `resubmit`, and
   * `WorkflowRunNotEnded`, `WorkflowRunActionNotFound`, `WorkflowRunActionChanged`.
   */
  async rerun(request: RepeatRequest, actions: readonly string[]): Promise<string> {
    const { runId } = await this.#find(request);
    const { revision } = request.flow;
    return this.#started(request, async (uniqueKey) => {
      try {
        return await this.#engine.rerun({ runId, actions, revision, ...(uniqueKey !== undefined && { uniqueKey }) });
      } catch (error) {
        throw error instanceof RerunRefusedError ? refusal(error) : error;
      }
    });
  }

  async #find({ flow, runId }: RepeatRequest): Promise<RunRecord> {
    const run = await this.#store.runs.findRun(runId);
    if (run !== undefined && run.flowId === flow.id) return run;
    throw new PlatformError('WorkflowRunNotFound', `The flow "${flow.id}" has no run "${runId}".`);
  }

  async #started(
    { runId, key }: RepeatRequest,
    start: (uniqueKey: string | undefined) => Promise<FireResult>,
  ): Promise<string> {
    const uniqueKey = key === undefined ? undefined : `repeat/${runId}/${key}`;
    const { runs, reason } = await start(uniqueKey);
    const [run] = runs;
    if (run !== undefined) return run.runId;
    const earlier = reason?.code === 'Duplicate' ? await this.#store.runs.findRunByKey(uniqueKey ?? '') : undefined;
    if (earlier !== undefined) return earlier.runId;
    if (reason?.code === 'TooManyRuns') throw new PlatformError('TooManyRuns', reason.message);
    throw new PlatformError('TriggerInputSchemaMismatch', reason?.message ?? 'The trigger did not fire.');
  }
}

function refusal({ code, message }: RerunRefusedError): PlatformError {
  switch (code) {
    case 'RunNotFound':
      return new PlatformError('WorkflowRunNotFound', message);
    case 'RunNotEnded':
      return new PlatformError('WorkflowRunNotEnded', message);
    case 'ActionNotRun':
      return new PlatformError('WorkflowRunActionNotFound', message);
    case 'ActionChanged':
      return new PlatformError('WorkflowRunActionChanged', message);
  }
}
