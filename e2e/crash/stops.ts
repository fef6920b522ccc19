import { callbackUrl, deployFlow, flowUrl } from '../platform/maker.ts';
import type { SignedInClient } from '../platform/signed-in-client.ts';
import { call, flow } from './journeys.ts';
import type { Records } from './judge.ts';
import type { LoggingUpstream } from './logging-upstream.ts';
import { pause, startRun } from './start-run.ts';

/** What became of runs that were to be stopped. Every list is empty when all is well. */
export type StopVerdict = {
  readonly stopped: number;
  /** Their stop was acknowledged, and they ended in another way or not at all. */
  readonly notStopped: readonly string[];
  /** They made a call after a kill that came after the acknowledgement. */
  readonly wentOn: readonly string[];
};

type Stopping = {
  readonly ticket: string;
  readonly runId: string;
  isAcknowledged: boolean;
  /** How many calls the API had seen at the first kill after that. */
  callsBefore?: number;
};

/** Runs that work, then sleep for an hour, and are stopped at some moment. */
export class Stops {
  readonly #client: SignedInClient;
  readonly #upstream: LoggingUpstream;
  readonly #records: Records;
  readonly #runs: Stopping[] = [];
  #flow = '';
  #url = '';

  constructor(client: SignedInClient, upstream: LoggingUpstream, records: Records) {
    this.#client = client;
    this.#upstream = upstream;
    this.#records = records;
  }

  async deploy(): Promise<void> {
    const { origin } = this.#upstream;
    this.#flow = await deployFlow(
      this.#client,
      'Crash stopped',
      flow({
        Each: {
          type: 'Foreach',
          foreach: '@range(0, 6)',
          runtimeConfiguration: { concurrency: { repetitions: 2 } },
          actions: { Part: call(origin, "@{concat('part-', item())}", {}) },
          runAfter: {},
        },
        Rest: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: { Each: ['Succeeded'] } },
        Never: call(origin, 'never', { Rest: ['Succeeded'] }),
      }),
    );
    this.#url = await callbackUrl(this.#client, this.#flow, 'manual');
  }

  /** Starts two, and stops what has been started, now or before an earlier kill. */
  async fire(kill: number): Promise<void> {
    for (const index of [0, 1]) {
      const ticket = `stop-${kill}-${index}`;
      const runId = await startRun(this.#url, { ticket });
      if (runId !== undefined) this.#runs.push({ ticket, runId, isAcknowledged: false });
    }
    await pause(Math.random() * 600);
    await this.#stopAll();
  }

  /** Looked at while no server runs. */
  note(): void {
    for (const run of this.#runs) if (run.isAcknowledged) run.callsBefore ??= this.#upstream.calls.length;
  }

  /** Stops those whose stop nobody has acknowledged yet, also runs whose start nobody has. */
  async finish(): Promise<void> {
    await this.#stopAll();
    const left = this.#records.all(
      `select run_id from run where flow_id = '${this.#flow}' and status in ('Running', 'Waiting')`,
    );
    for (const row of left) await this.#stop(String(row['run_id']));
  }

  verdict(): StopVerdict {
    const statuses = this.#records.statuses();
    const wentOn = this.#runs.filter(({ ticket, callsBefore = Number.POSITIVE_INFINITY }) =>
      this.#upstream.calls.some((one, at) => one.ticket === ticket && (one.step === 'never' || at >= callsBefore)),
    );
    return {
      stopped: this.#runs.length,
      notStopped: this.#runs
        .filter(({ runId, isAcknowledged }) => !isAcknowledged || statuses.get(runId) !== 'Cancelled')
        .map(({ ticket, runId }) => `${ticket}: ${statuses.get(runId)}`),
      wentOn: wentOn.map(({ ticket }) => ticket),
    };
  }

  async #stopAll(): Promise<void> {
    for (const run of this.#runs) {
      if (!run.isAcknowledged) run.isAcknowledged = await this.#stop(run.runId);
    }
  }

  async #stop(runId: string): Promise<boolean> {
    const { status } = await this.#client.send('POST', flowUrl(this.#flow, `runs/${runId}/cancel`));
    return status === 200;
  }
}
