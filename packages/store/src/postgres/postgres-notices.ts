import type { Notice, Notices } from '@patchbay/workflow';
import { Client, type Pool } from 'pg';

const channel = 'patchbay';
/** PostgreSQL takes 8000 bytes a notification. */
const maxCharacters = 7_500;
const retryMs = 1_000;

export type PostgresNoticesOptions = {
  readonly url: string;
  /** Names this process: what it has said itself it does not hear. */
  readonly sender: string;
};

/**
 * Notices by PostgreSQL's NOTIFY: what is published in one turn of the event loop goes in as few notifications as it fits. Listening has a
 * connection of its own, taken when somebody subscribes and taken anew when it breaks.
 */
export class PostgresNotices implements Notices {
  readonly #pool: Pool;
  readonly #options: PostgresNoticesOptions;
  readonly #listeners = new Set<(notice: Notice) => void>();
  #outgoing: Set<string> | undefined;
  #client: Client | undefined;
  #retry: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(pool: Pool, options: PostgresNoticesOptions) {
    this.#pool = pool;
    this.#options = options;
  }

  publish(notice: Notice): void {
    if (this.#isClosed) return;
    if (this.#outgoing === undefined) {
      this.#outgoing = new Set();
      setImmediate(() => this.#send());
    }
    this.#outgoing.add(notice.kind === 'run' ? notice.runId : `:${notice.kind}`);
  }

  subscribe(listener: (notice: Notice) => void): () => void {
    this.#listeners.add(listener);
    if (this.#client === undefined && this.#retry === undefined) this.#listen();
    return () => this.#listeners.delete(listener);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#retry);
    await this.#client?.end().catch(() => undefined);
  }

  #send(): void {
    const outgoing = [...(this.#outgoing ?? [])];
    this.#outgoing = undefined;
    for (const payload of payloads(this.#options.sender, outgoing)) {
      // One that is lost is made up for by whoever looks into the store.
      this.#pool.query('select pg_notify($1, $2)', [channel, payload]).catch(() => undefined);
    }
  }

  #listen(): void {
    const client = new Client({ connectionString: this.#options.url, keepAlive: true });
    this.#client = client;
    const again = (): void => {
      if (this.#client !== client) return;
      this.#client = undefined;
      client.end().catch(() => undefined);
      if (this.#isClosed) return;
      this.#retry = setTimeout(() => {
        this.#retry = undefined;
        this.#listen();
      }, retryMs);
      this.#retry.unref();
    };
    client.on('error', again);
    client.on('end', again);
    client.on('notification', ({ payload }) => this.#hear(payload ?? ''));
    client
      .connect()
      .then(() => client.query(`listen ${channel}`))
      .catch(again);
  }

  #hear(payload: string): void {
    const [sender, ...words] = payload.split(' ');
    if (sender === this.#options.sender) return;
    for (const word of words) {
      const notice = readNotice(word);
      if (notice !== undefined) for (const listener of this.#listeners) listener(notice);
    }
  }
}

/** What a newer program says besides is not for this one. */
function readNotice(word: string): Notice | undefined {
  switch (word) {
    case ':due':
      return { kind: 'due' };
    case ':triggers':
      return { kind: 'triggers' };
    default:
      return word === '' || word.startsWith(':') ? undefined : { kind: 'run', runId: word };
  }
}

function payloads(sender: string, words: readonly string[]): readonly string[] {
  const filled: string[] = [];
  let current = sender;
  for (const word of words) {
    if (current.length + 1 + word.length > maxCharacters) {
      filled.push(current);
      current = sender;
    }
    current += ` ${word}`;
  }
  return current === sender ? filled : [...filled, current];
}
