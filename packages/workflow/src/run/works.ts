import { ActionFailure } from '../actions/action-failure.ts';
import type { Outcome, WorkTools } from '../actions/action-kind.ts';
import type { Failure } from '../contract.ts';
import { InvocationError } from '../failures.ts';
import type { Activity } from './activity.ts';
import type { RunRequest } from './run-request.ts';

/** What works need of their run. */
export interface WorkHost {
  readonly request: RunRequest;
  succeed(activity: Activity): void;
  fail(activity: Activity, error: unknown): void;
  timeOut(activity: Activity, error: Failure): void;
  /** A callback from outside has changed something. */
  changed(): void;
}

const defaultTimeoutMs = 120_000;

/** Does what takes its time without an effect: the record of its end is all that is kept, and without it it is done again. */
export class Works {
  readonly #host: WorkHost;
  readonly #aborts = new Map<Activity, AbortController>();

  constructor(host: WorkHost) {
    this.#host = host;
  }

  get inFlight(): number {
    return this.#aborts.size;
  }

  start(activity: Activity, work: Extract<Outcome, { kind: 'work' }>): void {
    activity.inputs = work.inputs;
    const { clock } = this.#host.request.host;
    const abort = new AbortController();
    this.#aborts.set(activity, abort);
    const end = (settle: () => void): void => {
      if (!this.#aborts.delete(activity)) return;
      cancelTimer();
      if (!activity.isDone) settle();
      this.#host.changed();
    };
    const cancelTimer = clock.at(clock.nowMs() + (work.timeoutMs ?? defaultTimeoutMs), () => {
      const message = `The execution of template action '${activity.action.name}' timed out.`;
      end(() => this.#host.timeOut(activity, { code: 'ActionTimedOut', message }));
      abort.abort();
    });
    work.perform(this.#tools(activity, abort.signal)).then(
      (outputs) =>
        end(() => {
          activity.outputs = outputs;
          this.#host.succeed(activity);
        }),
      (error: unknown) => end(() => this.#host.fail(activity, asFailure(error))),
    );
  }

  abandon(activity: Activity): void {
    this.#aborts.get(activity)?.abort();
  }

  #tools(activity: Activity, signal: AbortSignal): WorkTools {
    const { flow, run, host } = this.#host.request;
    const { environmentId, flowId } = flow;
    return {
      signal,
      artifact: async (kind, name) => host.artifacts?.findArtifact(environmentId, kind, name),
      transform: (transformation) => host.transformer.transform(transformation, signal),
      runCode: async (request) => {
        if (host.codeRunner === undefined) {
          throw new InvocationError(
            'CodeRunnerNotAvailable',
            `The action '${activity.action.name}' runs code, for which this server has no host.`,
          );
        }
        const action = activity.action.name;
        return host.codeRunner.runCode({ ...request, environmentId, flowId, runId: run.runId, action, signal });
      },
    };
  }
}

function asFailure(error: unknown): unknown {
  return error instanceof InvocationError ? new ActionFailure(error.code, error.message) : error;
}
