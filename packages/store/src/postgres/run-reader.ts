import type {
  ActionRecord,
  RecordQuery,
  RecordTally,
  RunPlace,
  RunQuery,
  RunRecord,
  RunSignal,
  RunSummary,
  Status,
} from '@patchbay/workflow';
import { type Kysely, sql } from 'kysely';
import type { ActionRecordTable, Database, RunTable } from '../database.ts';
import { type BlobWriter, blobHashes } from '../runs/blobs.ts';
import { fromActionRow, fromRunRow, fromSignalRow, fromSummaryRow } from '../runs/run-rows.ts';
import { summaryPage, wholePage } from './run-page.ts';
import { unfinished } from './unfinished.ts';

/** Reads runs and what belongs to them, with the contents that are stored apart. */
export class RunReader {
  readonly #database: Kysely<Database>;
  readonly #blobs: BlobWriter;

  constructor(database: Kysely<Database>, blobs: BlobWriter) {
    this.#database = database;
    this.#blobs = blobs;
  }

  async toRun(row: RunTable): Promise<RunRecord> {
    return fromRunRow(row, await this.#openBlobsOf([row.trigger, row.outputs, row.response]));
  }

  async findRun(runId: string): Promise<RunRecord | undefined> {
    const rows = await this.#database.selectFrom('run').selectAll().where('run_id', '=', runId).execute();
    return (await this.#toRuns(rows))[0];
  }

  async findRunByKey(uniqueKey: string): Promise<RunRecord | undefined> {
    const rows = await this.#database.selectFrom('run').selectAll().where('unique_key', '=', uniqueKey).execute();
    return (await this.#toRuns(rows))[0];
  }

  async listRuns(query: RunQuery): Promise<readonly RunRecord[]> {
    return this.#toRuns((await wholePage(query).execute(this.#database)).rows);
  }

  async listRunSummaries(query: RunQuery): Promise<readonly RunSummary[]> {
    const { rows } = await summaryPage(query).execute(this.#database);
    const unpack = await this.#openBlobsOf(rows.map((row) => row.trigger));
    return rows.map((row) => fromSummaryRow(row, unpack));
  }

  /** Those of the runs that have a response or have ended. */
  async listAnswered(runIds: readonly string[]): Promise<readonly string[]> {
    if (runIds.length === 0) return [];
    const rows = await this.#database
      .selectFrom('run')
      .select('run_id')
      .where('run_id', 'in', runIds)
      .where((eb) => eb.or([eb('response', 'is not', null), eb('status', 'not in', unfinished)]))
      .execute();
    return rows.map((row) => row.run_id);
  }

  async listActions(runId: string, action?: string): Promise<readonly ActionRecord[]> {
    const select = this.#database.selectFrom('action_record').selectAll().where('run_id', '=', runId);
    const narrowed = action === undefined ? select.where('iteration', '=', '') : select.where('action', '=', action);
    return this.#toActions(await narrowed.orderBy('sequence').execute());
  }

  async tallyActions(runId: string): Promise<readonly RecordTally[]> {
    const { rows } = await sql<{
      readonly action: string;
      readonly hundred: string;
      readonly status: Status;
      readonly count: number;
      readonly last_sequence: number;
    }>`
      select action, left(iteration, -2) as hundred, status, count(*)::int as count, max(sequence) as last_sequence
      from action_record where run_id = ${runId} and iteration <> '' group by 1, 2, 3`.execute(this.#database);
    return rows.map(({ last_sequence: lastSequence, ...row }) => ({ ...row, lastSequence }));
  }

  async readActions({ runId, actions, iterations }: RecordQuery): Promise<readonly ActionRecord[]> {
    // Each by the table's key: left to choose, the planner reads all that a long run has.
    const { rows } = await sql<ActionRecordTable>`
      select found.* from unnest(${sql.val(actions)}::text[]) as wanted(name)
      cross join unnest(${sql.val(iterations)}::text[]) as place(iteration)
      cross join lateral (
        select * from action_record as record
        where record.run_id = ${runId} and record.action = wanted.name and record.iteration = place.iteration limit 1
      ) as found`.execute(this.#database);
    return this.#toActions(rows);
  }

  async findAction({ runId, action, iteration }: RunPlace): Promise<ActionRecord | undefined> {
    const rows = await this.#database
      .selectFrom('action_record')
      .selectAll()
      .where('run_id', '=', runId)
      .where('action', '=', action)
      .where('iteration', '=', iteration)
      .execute();
    return (await this.#toActions(rows))[0];
  }

  async listPendingSignals(runId: string): Promise<readonly RunSignal[]> {
    const rows = await this.#database
      .selectFrom('run_signal')
      .selectAll()
      .where('run_id', '=', runId)
      .where('is_consumed', '=', 0)
      .execute();
    const unpack = await this.#openBlobsOf(rows.map((row) => row.payload));
    return rows.map((row) => fromSignalRow(row, unpack));
  }

  async #toRuns(rows: readonly RunTable[]): Promise<readonly RunRecord[]> {
    const unpack = await this.#openBlobsOf(rows.flatMap((row) => [row.trigger, row.outputs, row.response]));
    return rows.map((row) => fromRunRow(row, unpack));
  }

  async #toActions(rows: readonly ActionRecordTable[]): Promise<readonly ActionRecord[]> {
    const unpack = await this.#openBlobsOf(rows.flatMap((row) => [row.inputs, row.outputs]));
    return rows.map((row) => fromActionRow(row, unpack));
  }

  async #openBlobsOf(texts: readonly (string | null)[]): Promise<(text: string | null) => string | undefined> {
    const hashes = [...new Set(blobHashes(texts))];
    const rows =
      hashes.length === 0
        ? []
        : await this.#database.selectFrom('blob').selectAll().where('hash', 'in', hashes).execute();
    const contents = new Map(rows.map((row) => [row.hash, row.content]));
    return (text) => this.#blobs.unpack(text, (hash) => contents.get(hash));
  }
}
