import type { EngineLogger } from '@patchbay/workflow';
import { Redis } from 'ioredis';
import { DispatchError } from './errors.ts';

const connectTimeoutMs = 5_000;
const longestRetryMs = 1_000;

export type RedisLinkOptions = {
  readonly url: string;
  readonly logger: EngineLogger;
  readonly commandTimeoutMs: number;
  /** Whenever a connection is there, the first time too. */
  readonly onReady: () => void;
};

/**
 * The connection to Redis. It is taken anew for as long as it takes; commands fail at once while it is away, and an operator is told once that
 * it went and once that it is back.
 */
export class RedisLink {
  readonly client: Redis;
  /** Host and port, as messages name them. */
  readonly address: string;
  readonly #logger: EngineLogger;
  #isTold = false;

  constructor(options: RedisLinkOptions) {
    const url = readUrl(options.url);
    this.address = url.host;
    this.#logger = options.logger;
    this.client = new Redis(options.url, {
      lazyConnect: true,
      enableOfflineQueue: false,
      maxRetriesPerRequest: null,
      commandTimeout: options.commandTimeoutMs,
      connectTimeout: connectTimeoutMs,
      retryStrategy: (attempt) => Math.min(50 * 2 ** attempt, longestRetryMs),
    });
    this.client.on('error', (error) => this.#tellAway(error));
    this.client.on('close', () => this.#tellAway(undefined));
    this.client.on('ready', () => {
      if (this.#isTold) this.#logger.warn({ redis: this.address }, 'Redis is back');
      this.#isTold = false;
      options.onReady();
    });
  }

  get isReady(): boolean {
    return this.client.status === 'ready';
  }

  /** Resolves with the first connection, or when there is none within a few seconds: it goes on being tried. */
  async connect(): Promise<void> {
    const timer = Promise.withResolvers<void>();
    const cancel = setTimeout(timer.resolve, connectTimeoutMs);
    await Promise.race([this.client.connect().catch(() => undefined), timer.promise]);
    clearTimeout(cancel);
  }

  /** Throws {@link DispatchError} when Redis may throw away what it is given. */
  async refuseEviction(): Promise<void> {
    const policy = /^maxmemory_policy:(\S+)/m.exec(await this.client.info('memory'))?.[1];
    if (policy === undefined || policy === 'noeviction') return;
    throw new DispatchError(
      'redis-evicts',
      `Redis at ${this.address} throws keys away when its memory is full (maxmemory-policy ${policy}), and with them wake-ups of runs. Set maxmemory-policy to noeviction.`,
    );
  }

  close(): void {
    this.#isTold = true;
    this.client.disconnect();
  }

  #tellAway(error: Error | undefined): void {
    if (this.#isTold) return;
    this.#isTold = true;
    this.#logger.warn(
      { redis: this.address, ...(error !== undefined && { err: error }) },
      'Redis does not answer: runs are found in the database until it does',
    );
  }
}

function readUrl(text: string): URL {
  if (URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol)) return new URL(text);
  throw new DispatchError(
    'redis-address-invalid',
    'The address of Redis is not a URL such as redis://user:password@host:6379 or rediss://host:6380.',
  );
}
