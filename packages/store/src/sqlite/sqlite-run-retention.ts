import type { DatabaseSync, StatementSync } from 'node:sqlite';
import type { RunPosition } from '@patchbay/workflow';
import type { Deletion, ExpiredRuns, RunRetention } from '../history/contract.ts';
import { endedStatuses } from '../history/expired-runs.ts';
import type { RunCleaning } from './run-write.ts';
import type { RunWriteQueue } from './run-write-queue.ts';

/** Takes runs out of a SQLite file by the thread that writes them, so that nobody writes meanwhile what is taken away. */
export class SqliteRunRetention implements RunRetention {
  readonly #writes: RunWriteQueue;
  readonly #behind: StatementSync;
  readonly #contents: StatementSync;

  constructor(database: DatabaseSync, writes: RunWriteQueue) {
    this.#writes = writes;
    const newest = `select * from (select start_time, run_id from run where flow_id = :flow and status = ?
      order by start_time desc, run_id limit :behind + 1)`;
    const all = endedStatuses.map((status) => newest.replace('?', `'${status}'`)).join(' union all ');
    this.#behind = database.prepare(`${all} order by start_time desc, run_id limit 1 offset :behind`);
    this.#contents = database.prepare('select hash from blob where hash > ? order by hash limit ?');
  }

  async findBehind(flowId: string, count: number): Promise<RunPosition | undefined> {
    const row = this.#behind.get({ flow: flowId, behind: count });
    return row === undefined ? undefined : { startTime: String(row['start_time']), runId: String(row['run_id']) };
  }

  deleteRuns(expired: ExpiredRuns, limit: number): Promise<Deletion> {
    return this.#clean({ kind: 'delete-runs', expired, limit });
  }

  purgeRecords(limit: number): Promise<Deletion> {
    return this.#clean({ kind: 'purge-records', limit });
  }

  async dropContents(hashes: readonly string[]): Promise<number> {
    return (await this.#clean({ kind: 'drop-contents', hashes })).count;
  }

  async listContents(after: string, limit: number): Promise<readonly string[]> {
    return this.#contents.all(after, limit).map((row) => String(row['hash']));
  }

  async #clean(cleaning: RunCleaning): Promise<Deletion> {
    const outcome = await this.#writes.write(cleaning);
    return outcome.kind === 'cleaned' ? outcome.deletion : { count: 0, contents: [] };
  }
}
