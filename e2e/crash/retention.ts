import { callbackUrl, deployFlow } from '../platform/maker.ts';
import type { SignedInClient } from '../platform/signed-in-client.ts';
import { call, flow } from './journeys.ts';
import type { Records } from './judge.ts';
import type { LoggingUpstream } from './logging-upstream.ts';
import { startRun } from './start-run.ts';

/** What deleting runs beside all this has done. Every list is empty when all is well. */
export type RetentionVerdict = {
  /** Runs that were seen and later were not there any more. */
  readonly deleted: number;
  /** They were deleted before their end, or were to be kept. */
  readonly deletedLive: readonly string[];
  /** They were there again. */
  readonly cameBack: readonly string[];
  /** What rows referred to that is not there, records without a run, and contents that nothing refers to in the end. */
  readonly dangling: readonly string[];
};

const runsAtATime = 20;
/** Runs with the same letter have the same content, which is stored apart by its hash. */
const letters = ['a', 'b', 'c'];
const referring = [
  ['action_record', 'inputs'],
  ['action_record', 'outputs'],
  ['run', '"trigger"'],
  ['run', 'outputs'],
  ['run_signal', 'payload'],
] as const;

/** Many short runs, which are deleted again when more have ended than are kept. */
export class Retention {
  readonly #client: SignedInClient;
  readonly #upstream: LoggingUpstream;
  readonly #records: Records;
  /** Tickets of runs that were there at the last look; undefined: a run of another flow. */
  readonly #seen = new Map<string, string | undefined>();
  readonly #accepted: string[] = [];
  readonly #deleted = new Set<string>();
  readonly #deletedLive: string[] = [];
  readonly #cameBack = new Set<string>();
  readonly #dangling = new Set<string>();
  readonly #runsPerFlow: number;
  #flow = '';
  #url = '';

  /** So many ended runs of each flow are kept. */
  constructor(client: SignedInClient, upstream: LoggingUpstream, records: Records, runsPerFlow: number) {
    this.#runsPerFlow = runsPerFlow;
    this.#client = client;
    this.#upstream = upstream;
    this.#records = records;
  }

  async deploy(): Promise<void> {
    const definition = flow({
      Filler: { type: 'Compose', inputs: "@replace(string(range(1000, 1800)), ',', triggerBody()['letter'])" },
      Rest: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Second' } }, runAfter: { Filler: ['Succeeded'] } },
      Last: call(this.#upstream.origin, 'last', { Rest: ['Succeeded'] }),
    });
    const manual = { type: 'Request', kind: 'Http', inputs: { schema: {} }, splitOn: "@triggerBody()['items']" };
    this.#flow = await deployFlow(this.#client, 'Crash deleted', { ...definition, triggers: { manual } });
    this.#url = await callbackUrl(this.#client, this.#flow, 'manual');
    const kept = await this.#client.send('PUT', '/api/environments/~default/retention', {
      days: 0,
      runsPerFlow: this.#runsPerFlow,
    });
    if (kept.status !== 200) throw new Error(`How long runs are kept could not be set: ${kept.status}`);
  }

  async fire(kill: number): Promise<void> {
    const letter = letters[kill % letters.length];
    const tickets = Array.from({ length: runsAtATime }, (_, index) => `brief-${kill}-${index}`);
    const isAccepted = await startRun(this.#url, { items: tickets.map((ticket) => ({ ticket, letter })) });
    if (isAccepted !== undefined) this.#accepted.push(...tickets);
  }

  /** Looked at while no server runs. */
  note(): void {
    const rows = this.#records.all('select run_id, flow_id, "trigger" from run');
    const there = new Map(rows.map((row) => [String(row['run_id']), row]));
    const finished = this.#finished();
    for (const [runId, ticket] of this.#seen) {
      if (there.has(runId)) continue;
      this.#deleted.add(runId);
      if (ticket === undefined || !finished.has(ticket)) this.#deletedLive.push(`${runId}: ${ticket}`);
    }
    this.#seen.clear();
    for (const [runId, row] of there) {
      if (this.#deleted.has(runId)) this.#cameBack.add(runId);
      this.#seen.set(runId, row['flow_id'] === this.#flow ? ticketOf(String(row['trigger'])) : undefined);
    }
    this.#lookForDangling();
  }

  /** Whether nothing is left to be deleted. */
  isDone(): boolean {
    const [row] = this.#records.all(
      `select (select count(*) from run where flow_id = '${this.#flow}') as runs, (select count(*) from deleted_run) as deleted`,
    );
    return Number(row?.['runs']) <= this.#runsPerFlow && row?.['deleted'] === 0;
  }

  /** How many contents there are to which nothing refers. */
  unreferenced(): number {
    const isReferred = referring
      .map(([table, column]) => `select ${column} as reference from ${table} where ${column} like '#sha256:%'`)
      .join(' union all ');
    const [row] = this.#records.all(
      `select count(*) as contents from blob where '#sha256:' || hash not in (select reference from (${isReferred}))`,
    );
    return Number(row?.['contents']);
  }

  verdict(): RetentionVerdict {
    const finished = this.#finished();
    const left = this.unreferenced();
    return {
      deleted: this.#deleted.size,
      deletedLive: [...this.#deletedLive, ...this.#accepted.filter((ticket) => !finished.has(ticket))],
      cameBack: [...this.#cameBack],
      dangling: [...this.#dangling, ...(left === 0 ? [] : [`${left} contents to which nothing refers`])],
    };
  }

  #finished(): ReadonlySet<string> {
    return new Set(this.#upstream.calls.filter(({ step }) => step === 'last').map(({ ticket }) => ticket));
  }

  #lookForDangling(): void {
    for (const [table, column] of referring) {
      const rows = this.#records.all(
        `select run_id, ${column} as reference from ${table} where ${column} like '#sha256:%'
           and substr(${column}, 9) not in (select hash from blob)`,
      );
      for (const row of rows) this.#dangling.add(`${table} of ${row['run_id']}: ${row['reference']}`);
    }
    const orphans = this.#records.all(
      `select distinct run_id from action_record
         where run_id not in (select run_id from run) and run_id not in (select run_id from deleted_run)`,
    );
    for (const row of orphans) this.#dangling.add(`records of ${row['run_id']}, which is not there`);
  }
}

function ticketOf(trigger: string): string {
  const { outputs } = JSON.parse(trigger) as { readonly outputs: string };
  return (JSON.parse(outputs) as { readonly body: { readonly ticket: string } }).body.ticket;
}
