import type { Outcome } from '../actions/action-kind.ts';
import type { Failure, InvocationContext } from '../contract.ts';
import { EngineStoppedError } from '../failures.ts';
import { type Activity, recordKey } from './activity.ts';
import { pauseMs } from './store-pause.ts';

export type BatchSend = Extract<Outcome, { kind: 'send-to-batch' }>;

/** A message is kept, or why it cannot be. */
export type BatchSent =
  | { readonly kind: 'kept'; readonly messageId: string }
  | ({ readonly kind: 'refused' } & Failure);

/** Where messages to batches go. Sending again under the same key keeps nothing more. */
export interface BatchPost {
  send(
    request: BatchSend & { readonly key: string },
    sender: Pick<InvocationContext, 'environmentId' | 'flowId'>,
  ): Promise<BatchSent>;
}

/** What sending to batches needs of its run. */
export type BatchSendsHost = {
  readonly post: BatchPost;
  readonly runId: string;
  readonly sender: Pick<InvocationContext, 'environmentId' | 'flowId'>;
  /** Whether the run still wants to know. */
  isActive(): boolean;
  timestamp(): string;
  mark(activity: Activity): void;
  /** Starts an effect once everything said so far is durable. */
  afterCommit(effect: () => void): void;
  succeed(activity: Activity): void;
  fail(activity: Activity, failure: Failure): void;
  changed(): void;
  report(error: unknown, activity: Activity): void;
  later(ms: number, action: () => void): void;
};

/** Sends messages to batches, each once: the sender's place in its run is the message's key. */
export class BatchSends {
  readonly #host: BatchSendsHost;
  #inFlight = 0;

  constructor(host: BatchSendsHost) {
    this.#host = host;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Also where a record says that it was about to be sent. */
  send(activity: Activity, request: BatchSend): void {
    const { runId } = this.#host;
    const key = `${runId}/${recordKey(activity.action.name, activity.frame.iteration)}`;
    activity.inputs = request.inputs;
    activity.intent = { idempotencyKey: key, attempt: 1, at: this.#host.timestamp() };
    this.#host.mark(activity);
    this.#inFlight++;
    this.#host.afterCommit(() => void this.#post(activity, { ...request, key }));
  }

  async #post(activity: Activity, request: BatchSend & { readonly key: string }, failures = 0): Promise<void> {
    const { batchName, partition } = request;
    try {
      if (activity.isDone || !this.#host.isActive()) return;
      const sent = await this.#host.post.send(request, this.#host.sender);
      if (activity.isDone || !this.#host.isActive()) return;
      if (sent.kind === 'kept') {
        activity.outputs = { body: { batchName, messageId: sent.messageId, partitionName: partition } };
        this.#host.succeed(activity);
      } else this.#host.fail(activity, { code: sent.code, message: sent.message });
    } catch (error) {
      // Whoever takes the run over sends it: its record says so.
      if (activity.isDone || !this.#host.isActive() || error instanceof EngineStoppedError) return;
      // What keeps messages is away for the moment: the message is nowhere yet, or is kept once.
      this.#host.report(error, activity);
      const ms = pauseMs(failures);
      if (ms === undefined) {
        const message = `The message of action '${activity.action.name}' could not be kept.`;
        this.#host.fail(activity, { code: 'InternalServerError', message });
        return;
      }
      this.#inFlight++;
      this.#host.later(ms, () => void this.#post(activity, request, failures + 1));
    } finally {
      this.#inFlight--;
      this.#host.changed();
    }
  }
}
