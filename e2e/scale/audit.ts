import { type PostgresRow, queryPostgres } from '@patchbay/store/test-postgres';
import { gatheredBy } from '../crash/batches.ts';

/**
 * A second look at what is written, by the database itself: triggers note who wrote each record (by the name of the connection, which each
 * process has of its own) and whose the run was. The product knows nothing of it.
 */
const triggers = `
  create table audit_claim (run_id text, epoch integer, owner text, writer text, at_ms double precision);
  create table audit_record (
    run_id text, action text, iteration text, status text, writer text, owner text, at_ms double precision
  );
  create function note_claim() returns trigger language plpgsql as $$ begin
    insert into audit_claim values (new.run_id, new.epoch, new.owner, current_setting('application_name'),
      extract(epoch from clock_timestamp()) * 1000);
    return null;
  end $$;
  create function note_record() returns trigger language plpgsql as $$ begin
    insert into audit_record values (new.run_id, new.action, new.iteration, new.status, current_setting('application_name'),
      (select owner from run where run_id = new.run_id), extract(epoch from clock_timestamp()) * 1000);
    return null;
  end $$;
  create trigger note_claim after update of epoch on run for each row execute function note_claim();
  create trigger note_record after insert or update on action_record for each row execute function note_record();
  create index on audit_claim (run_id, epoch)`;

const unfinished = "status in ('Running', 'Waiting')";

/** Runs that a process has in hand. */
export type Held = readonly { readonly runId: string; readonly epoch: number }[];

export type Audit = {
  /** Records that another process wrote than the one whose the run was. */
  readonly staleRecords: () => Promise<number>;
  readonly heldBy: (writer: string) => Promise<Held>;
  /** When these runs were claimed next; runs that were not are missing. */
  readonly nextClaimsMs: (held: Held) => Promise<readonly number[]>;
  /** When each action was first recorded as succeeded, by `run/action/iteration`. */
  readonly successes: () => Promise<ReadonlyMap<string, number>>;
  /** Records whose history tells of a call in doubt. */
  readonly told: () => Promise<ReadonlySet<string>>;
  /** By run: what its action `Result` gave, as JSON. */
  readonly results: () => Promise<ReadonlyMap<string, string>>;
  /** Actions whose callback was recorded more than once. */
  readonly calledBackTwice: () => Promise<readonly string[]>;
  /** What the runs of the flow that gathers messages were given. */
  readonly gathered: (flow: string) => Promise<readonly PostgresRow[]>;
  readonly statuses: () => Promise<ReadonlyMap<string, string>>;
  /** Runs that have not ended, and messages that are in no run yet. */
  readonly unfinished: () => Promise<number>;
  /** How many claims each process has made. */
  readonly claims: () => Promise<{ readonly [writer: string]: number }>;
};

/** Begins to note; the schema must be there. */
export async function startAudit(url: string): Promise<Audit> {
  const rows = (sql: string): Promise<readonly PostgresRow[]> => queryPostgres(url, sql);
  const count = async (sql: string): Promise<number> => Number((await rows(sql))[0]?.['count']);
  await rows(triggers);
  return {
    staleRecords: () =>
      count(`select count(*) from audit_record r
        where r.writer not in (select c.writer from audit_claim c where c.owner = r.owner)
        and exists (select 1 from audit_claim c where c.owner = r.owner)`),
    heldBy: async (writer) => {
      const found = await rows(`select run_id, epoch from run where ${unfinished} and wake_at_ms is null
        and owner in (select owner from audit_claim where writer = '${writer}')`);
      return found.map((row) => ({ runId: String(row['run_id']), epoch: Number(row['epoch']) }));
    },
    nextClaimsMs: async (held) => {
      if (held.length === 0) return [];
      const values = held.map(({ runId, epoch }) => `('${runId}', ${epoch + 1})`).join(', ');
      const found = await rows(`select at_ms from audit_claim where (run_id, epoch) in (${values})`);
      return found.map((row) => Number(row['at_ms']));
    },
    successes: async () => {
      const found = await rows(
        "select run_id, action, iteration, min(at_ms) as at_ms from audit_record where status = 'Succeeded' group by 1, 2, 3",
      );
      return new Map(found.map((row) => [keyOf(row), Number(row['at_ms'])]));
    },
    told: async () => {
      const found = await rows('select run_id, action, iteration from action_record where retry_history is not null');
      return new Set(found.map(keyOf));
    },
    statuses: async () => {
      const found = await rows('select run_id, status from run');
      return new Map(found.map((row) => [String(row['run_id']), String(row['status'])]));
    },
    results: async () => {
      const found = await rows(
        "select run_id, outputs from action_record where action = 'Result' and outputs is not null",
      );
      return new Map(found.map((row) => [String(row['run_id']), String(row['outputs'])]));
    },
    calledBackTwice: async () => {
      const found = await rows(
        "select run_id, action, iteration from audit_record where action = 'Ask' and status = 'Succeeded' group by 1, 2, 3 having count(*) > 1",
      );
      return found.map(keyOf);
    },
    gathered: (flow) => rows(gatheredBy(flow)),
    unfinished: () =>
      count(`select (select count(*) from run where ${unfinished})
        + (select count(*) from batch_message where settled_at_ms is null) as count`),
    claims: async () => {
      const found = await rows('select writer, count(*) from audit_claim group by 1');
      return Object.fromEntries(found.map((row) => [String(row['writer']), Number(row['count'])]));
    },
  };
}

function keyOf(row: PostgresRow): string {
  return `${row['run_id']}/${row['action']}/${row['iteration']}`;
}
