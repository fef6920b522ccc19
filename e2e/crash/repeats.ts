import { callbackUrl, deployFlow, flowUrl } from '../platform/maker.ts';
import type { SignedInClient } from '../platform/signed-in-client.ts';
import { call, flow, index, type Step } from './journeys.ts';
import type { Accepted, Records } from './judge.ts';
import type { LoggingUpstream } from './logging-upstream.ts';
import { startRun } from './start-run.ts';

/** What became of runs that were to be done again from an action. Every list is empty when all is well. */
export type RepeatVerdict = {
  readonly repeated: number;
  /** Not exactly one run repeats it, or another than the one that was acknowledged. */
  readonly notRepeated: readonly string[];
  /** The action was not done exactly twice, once by each run. */
  readonly notDoneAgain: readonly string[];
};

type Repeating = { readonly ticket: string; readonly runId: string; readonly acknowledged: Set<string> };

const parts = [0, 1, 2];
const firstSteps: readonly Step[] = [
  { step: 'open', action: 'Open', iteration: '' },
  ...parts.map((at) => ({ step: `part-${at}`, action: 'Part', iteration: index(at) })),
];
/** The run that fails, and the one that begins with its results. */
const first = { name: 'failed', status: 'Failed', steps: firstSteps, result: undefined } as const;
const again = {
  name: 'done again',
  steps: [{ step: 'close', action: 'Close', iteration: '' }],
  result: 'part-0,part-1,part-2',
};

/** Runs of which an action fails, and which are done again from there. */
export class Repeats {
  readonly #client: SignedInClient;
  readonly #upstream: LoggingUpstream;
  readonly #records: Records;
  readonly #runs: Repeating[] = [];
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
      'Crash repeated',
      flow({
        Open: call(origin, 'open', {}),
        Each: {
          type: 'Foreach',
          foreach: `@createArray(${parts.join(', ')})`,
          actions: { Part: call(origin, "@{concat('part-', item())}", {}) },
          runAfter: { Open: ['Succeeded'] },
        },
        Judge: call(origin, 'judge', { Each: ['Succeeded'] }),
        Close: call(origin, 'close', { Judge: ['Succeeded'] }),
        Steps: {
          type: 'Select',
          inputs: { from: "@body('Part')", select: "@item()['step']" },
          runAfter: { Close: ['Succeeded'] },
        },
        Result: { type: 'Compose', inputs: "@join(body('Steps'), ',')", runAfter: { Steps: ['Succeeded'] } },
      }),
    );
    this.#url = await callbackUrl(this.#client, this.#flow, 'manual');
  }

  /** Starts two, and asks for another go of those that have failed, again also where that was acknowledged before a kill. */
  async fire(kill: number): Promise<void> {
    await this.#repeatAll();
    for (const which of [0, 1]) {
      const ticket = `again-${kill}-${which}`;
      const runId = await startRun(this.#url, { ticket });
      if (runId !== undefined) this.#runs.push({ ticket, runId, acknowledged: new Set() });
    }
  }

  /** Once all have failed: asks for those that nobody has acknowledged. */
  async finish(): Promise<void> {
    await this.#repeatAll();
  }

  /** All runs, as they end without kills. */
  accepted(): readonly Accepted[] {
    return this.#runs.flatMap(({ ticket, runId, acknowledged }) => [
      { ticket, runId, journey: first },
      ...[...acknowledged].map((newRunId) => ({ ticket, runId: newRunId, journey: again })),
    ]);
  }

  verdict(): RepeatVerdict {
    const origins = Map.groupBy(this.#records.all('select run_id, origin from run where origin is not null'), (row) =>
      String((JSON.parse(String(row['origin'])) as { readonly runId: string }).runId),
    );
    const keysOf = (ticket: string): number =>
      new Set(
        this.#upstream.calls
          .filter((one) => one.ticket === ticket && one.step === 'judge')
          .map(({ idempotencyKey }) => idempotencyKey),
      ).size;
    return {
      repeated: this.#runs.length,
      notRepeated: this.#runs
        .filter(({ runId, acknowledged }) => {
          const runs = (origins.get(runId) ?? []).map((row) => String(row['run_id']));
          return runs.length !== 1 || acknowledged.size !== 1 || !acknowledged.has(runs[0] ?? '');
        })
        .map(({ ticket }) => ticket),
      notDoneAgain: this.#runs.filter(({ ticket }) => keysOf(ticket) !== 2).map(({ ticket }) => ticket),
    };
  }

  async #repeatAll(): Promise<void> {
    const statuses = this.#records.statuses();
    for (const { runId, acknowledged } of this.#runs) {
      if (statuses.get(runId) !== 'Failed') continue;
      const response = await fetch(new URL(flowUrl(this.#flow, `runs/${runId}/resubmit`), this.#client.origin), {
        method: 'POST',
        headers: { ...this.#client.headers, 'content-type': 'application/json', 'idempotency-key': 'again' },
        body: JSON.stringify({ actionsToResubmit: [{ name: 'Judge' }] }),
      });
      await response.arrayBuffer();
      const newRunId = response.headers.get('x-ms-workflow-run-id');
      if (response.status === 202 && newRunId !== null) acknowledged.add(newRunId);
    }
  }
}
