import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { deedsOf } from './deeds.ts';
import type { Journey, Step } from './journeys.ts';
import type { LoggingUpstream } from './logging-upstream.ts';

/** A run whose start was acknowledged. */
export type Accepted = {
  readonly ticket: string;
  readonly runId: string;
  readonly journey: Pick<Journey, 'name' | 'status' | 'steps' | 'result'>;
};

/** What kills have done. Every list is empty when all is well. */
export type Verdict = {
  readonly lost: readonly string[];
  /** Runs that did not end as they do without kills. */
  readonly different: readonly string[];
  /** Calls made again although their action was recorded as done. */
  readonly repeatedRecorded: readonly string[];
  /** Calls made again with another key, or without a word in the history. */
  readonly repeatedSilently: readonly string[];
  /** Calls that were in flight at a kill and were made again, with the same key and a note in the history. */
  readonly repeatedUnresolved: number;
};

type Row = { readonly [column: string]: string | number | null };

/** The records of a data folder, read beside the server or after it. */
export class Records {
  readonly #path: string;

  constructor(dataFolder: string) {
    this.#path = join(dataFolder, 'patchbay.db');
  }

  all(sql: string): readonly Row[] {
    using database = new DatabaseSync(this.#path, { timeout: 10_000 });
    return database.prepare(sql).all() as Row[];
  }

  /** Only while no server runs. */
  change(sql: string): void {
    using database = new DatabaseSync(this.#path);
    database.exec(sql);
  }

  unfinished(): number {
    return this.all("select run_id from run where status in ('Running', 'Waiting')").length;
  }

  /** By run: its status. */
  statuses(): ReadonlyMap<string, string> {
    return new Map(
      this.all('select run_id, status from run').map((row) => [String(row['run_id']), String(row['status'])]),
    );
  }

  /** Keys of actions that are recorded as done. */
  done(): readonly string[] {
    return this.all("select run_id, action, iteration from action_record where status = 'Succeeded'").map(keyOf);
  }
}

/** When each action was first found done: how many calls the upstream had seen by then. */
export class DoneActions {
  readonly #callsBefore = new Map<string, number>();

  /** Looked at while no server runs. */
  note(records: Records, calls: number): void {
    for (const key of records.done()) if (!this.#callsBefore.has(key)) this.#callsBefore.set(key, calls);
  }

  callsBefore(key: string): number {
    return this.#callsBefore.get(key) ?? Number.POSITIVE_INFINITY;
  }
}

/** What runs of each kind do without kills; kinds that are not in it are judged by their status and result. */
export type Reference = ReadonlyMap<string, readonly string[]>;

export type Evidence = {
  readonly done: DoneActions;
  readonly upstream: LoggingUpstream;
  readonly reference: Reference;
};

/** Holds the records of the platform against the log of the upstream, when all runs have ended. */
export function judge(
  accepted: readonly Accepted[],
  records: Records,
  { done, upstream, reference }: Evidence,
): Verdict {
  const verdict = {
    lost: [] as string[],
    different: [] as string[],
    repeatedRecorded: [] as string[],
    repeatedSilently: [] as string[],
    repeatedUnresolved: 0,
  };
  const statuses = records.statuses();
  const results = new Map(
    records
      .all("select run_id, outputs from action_record where action = 'Result' and outputs is not null")
      .map((row) => [String(row['run_id']), String(row['outputs'])]),
  );
  const told = new Set(
    records.all('select run_id, action, iteration from action_record where retry_history is not null').map(keyOf),
  );
  const called = calledRuns(records);
  const calls = callsByStep(upstream);
  for (const { ticket, runId, journey } of accepted) {
    const status = statuses.get(runId);
    const name = `${journey.name} ${ticket}`;
    if (status === undefined) verdict.lost.push(name);
    else if (status !== (journey.status ?? 'Succeeded') || results.get(runId) !== JSON.stringify(journey.result)) {
      verdict.different.push(`${name} (${runId}): ${status}, ${results.get(runId)}`);
    }
    const deviation = differenceOf(reference.get(journey.name), deedsOf(records, runId, ticket));
    if (deviation !== undefined) verdict.different.push(`${name} (${runId}): ${deviation}`);
    for (const one of journey.steps) {
      const made = calls.get(`${ticket}/${one.step}`) ?? [];
      const runs = one.calledBy === undefined ? [runId] : (called.get(callerKey(runId, one.calledBy)) ?? []);
      if (made.length === 0) verdict.different.push(`${name}: ${one.step} was never called`);
      if (runs.length !== 1) verdict.different.push(`${name}: ${one.step} has ${runs.length} runs`);
      const key = `${runs[0]}/${one.action}/${one.iteration}`;
      if (made.some(({ at }) => at >= done.callsBefore(key))) verdict.repeatedRecorded.push(`${name}: ${one.step}`);
      if (made.length < 2) continue;
      const keys = new Set(made.map((call) => call.idempotencyKey));
      if (keys.size !== 1 || keys.has(undefined) || !told.has(key))
        verdict.repeatedSilently.push(`${name}: ${one.step}`);
      else verdict.repeatedUnresolved += 1;
    }
  }
  return verdict;
}

/** The first thing that was done otherwise; `undefined`: all is the same, or nothing is known to compare with. */
function differenceOf(expected: readonly string[] | undefined, found: readonly string[]): string | undefined {
  if (expected === undefined) return undefined;
  const missing = expected.find((line) => !found.includes(line));
  const surplus = found.find((line) => !expected.includes(line));
  if (missing === undefined && surplus === undefined && found.length === expected.length) return undefined;
  return `${surplus ?? 'nothing'} instead of ${missing ?? 'nothing'}`;
}

/** By the action that called: the runs of the flow that it called. */
function calledRuns(records: Records): ReadonlyMap<string, readonly string[]> {
  const called = new Map<string, string[]>();
  for (const row of records.all('select run_id, parent from run where parent is not null')) {
    const by = JSON.parse(String(row['parent'])) as {
      readonly runId: string;
      readonly action: string;
      readonly iteration: string;
    };
    const key = callerKey(by.runId, by);
    called.set(key, [...(called.get(key) ?? []), String(row['run_id'])]);
  }
  return called;
}

function callerKey(runId: string, { action, iteration }: NonNullable<Step['calledBy']>): string {
  return `${runId}/${action}/${iteration}`;
}

type Made = { readonly at: number; readonly idempotencyKey: string | undefined };

function callsByStep(upstream: LoggingUpstream): ReadonlyMap<string, readonly Made[]> {
  const calls = new Map<string, Made[]>();
  for (const [at, { ticket, step, idempotencyKey }] of upstream.calls.entries()) {
    const key = `${ticket}/${step}`;
    const made = calls.get(key);
    if (made === undefined) calls.set(key, [{ at, idempotencyKey }]);
    else made.push({ at, idempotencyKey });
  }
  return calls;
}

function keyOf(row: Row): string {
  return `${row['run_id']}/${row['action']}/${row['iteration']}`;
}
