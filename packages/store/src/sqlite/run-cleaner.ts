import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { isUnreferenced } from '../history/content-columns.ts';
import type { Deletion, ExpiredRuns } from '../history/contract.ts';
import { endedStatuses, startOf } from '../history/expired-runs.ts';
import { blobHashes } from '../runs/blobs.ts';
import { unfinished } from './unfinished.ts';

/** Takes runs, their records and contents out of a SQLite file, between the writes of others. */
export class RunCleaner {
  readonly #statements: Statements;
  readonly #onGone: (runId: string) => void;

  /** `onGone`: all of a run is removed, and nothing more may be written of it. */
  constructor(database: DatabaseSync, onGone: (runId: string) => void) {
    this.#statements = prepareStatements(database);
    this.#onGone = onGone;
  }

  deleteRuns(expired: ExpiredRuns, limit: number): Deletion {
    const { startTime, runId } = startOf(expired);
    const texts: (string | null)[] = [];
    let count = 0;
    for (const status of endedStatuses) {
      const { flowId, endedBefore } = expired;
      const rows = this.#statements.findExpired.all(
        flowId,
        status,
        startTime,
        startTime,
        runId,
        endedBefore,
        limit - count,
      ) as unknown as readonly ExpiredRow[];
      for (const row of rows) {
        this.#statements.noteDeleted.run(row.run_id);
        this.#statements.deleteSignals.run(row.run_id);
        this.#statements.deleteRun.run(row.run_id);
        texts.push(row.trigger, row.outputs, row.response);
      }
      count += rows.length;
      if (count >= limit) break;
    }
    return { count, contents: [...new Set(blobHashes(texts))] };
  }

  purgeRecords(limit: number): Deletion {
    const texts: (string | null)[] = [];
    let count = 0;
    while (count < limit) {
      const runId = this.#statements.firstDeleted.get()?.['run_id'];
      if (typeof runId !== 'string') break;
      const rows = this.#statements.deleteRecords.all(runId, limit - count) as unknown as readonly RecordRow[];
      if (rows.length < limit - count) {
        this.#statements.forgetDeleted.run(runId);
        this.#onGone(runId);
      }
      for (const { inputs, outputs } of rows) texts.push(inputs, outputs);
      // A run without records counts too, so that nobody takes it for the end.
      count += Math.max(1, rows.length);
    }
    return { count, contents: [...new Set(blobHashes(texts))] };
  }

  dropContents(hashes: readonly string[]): number {
    return hashes.reduce((dropped, hash) => dropped + Number(this.#statements.dropContent.run(hash).changes), 0);
  }
}

type ExpiredRow = {
  readonly run_id: string;
  readonly trigger: string;
  readonly outputs: string | null;
  readonly response: string | null;
};
type RecordRow = { readonly inputs: string | null; readonly outputs: string | null };

type Statements = ReturnType<typeof prepareStatements>;

function prepareStatements(database: DatabaseSync) {
  const prepare = (text: string): StatementSync => database.prepare(text);
  return {
    findExpired: prepare(
      `select run_id, "trigger", outputs, response from run
       where flow_id = ? and status = ? and start_time <= ? and (start_time < ? or run_id >= ?) and end_time < ?
         and not exists (select 1 from run as parent
           where parent.run_id = json_extract(run.parent, '$.runId') and parent.${unfinished})
       order by start_time limit ?`,
    ),
    noteDeleted: prepare('insert into deleted_run (run_id) values (?) on conflict (run_id) do nothing'),
    deleteSignals: prepare('delete from run_signal where run_id = ?'),
    deleteRun: prepare('delete from run where run_id = ?'),
    firstDeleted: prepare('select run_id from deleted_run limit 1'),
    deleteRecords: prepare(
      `delete from action_record where rowid in (select rowid from action_record where run_id = ? limit ?)
       returning inputs, outputs`,
    ),
    forgetDeleted: prepare('delete from deleted_run where run_id = ?'),
    dropContent: prepare(`delete from blob where hash = ? and ${isUnreferenced}`),
  };
}
