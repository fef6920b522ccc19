import type { Clock, RunStore, SleepingRun } from '@patchbay/workflow';
import type { Redis } from 'ioredis';
import type { DispatchSettings } from './settings.ts';

const pageSize = 1_000;
const lockMs = 60_000;
/** How often to look whether Redis still knows how far it was fed. */
const lookEveryMs = 15_000;

export type TimerFeedOptions = {
  readonly client: Redis;
  readonly prefix: string;
  readonly clock: Clock;
  readonly runs: Pick<RunStore, 'sleeping'>;
  readonly settings: DispatchSettings;
  readonly sleepAll: (runs: readonly SleepingRun[]) => Promise<void>;
};

/**
 * Puts wake-ups into the queue when they come near, one worker at a time. Redis itself remembers until when it was fed: one that has
 * forgotten everything is given everything again.
 */
export class TimerFeed {
  readonly #options: TimerFeedOptions;
  readonly #fedKey: string;
  readonly #lockKey: string;
  #cancel: (() => void) | undefined;
  #feeding: Promise<void> | undefined;
  #isStopped = false;

  constructor(options: TimerFeedOptions) {
    this.#options = options;
    this.#fedKey = `${options.prefix}:fed-until`;
    this.#lockKey = `${options.prefix}:feeding`;
  }

  /** Looks now, and from then on every so often. */
  look(): void {
    if (this.#isStopped || this.#feeding !== undefined) return;
    this.#feeding = this.#feed()
      .catch(() => undefined)
      .finally(() => {
        this.#feeding = undefined;
        this.#lookLater();
      });
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    this.#cancel?.();
    await this.#feeding;
  }

  #lookLater(): void {
    this.#cancel?.();
    if (this.#isStopped) return;
    const { clock } = this.#options;
    this.#cancel = clock.at(clock.nowMs() + lookEveryMs, () => this.look());
  }

  async #feed(): Promise<void> {
    const { client, clock, settings } = this.#options;
    if (client.status !== 'ready') return;
    const untilMs = clock.nowMs() + settings.nearMs;
    const fedUntilMs = Number((await client.get(this.#fedKey)) ?? 0);
    if (fedUntilMs > untilMs - settings.feedEveryMs) return;
    if ((await client.set(this.#lockKey, '1', 'PX', lockMs, 'NX')) === null) return;
    let after: SleepingRun = { runId: '', wakeAtMs: fedUntilMs };
    for (;;) {
      const page = await this.#options.runs.sleeping({ after, untilMs, limit: pageSize });
      await this.#options.sleepAll(page);
      const last = page.at(-1);
      if (last === undefined || page.length < pageSize || this.#isStopped) break;
      after = last;
      await client.pexpire(this.#lockKey, lockMs);
    }
    if (!this.#isStopped) await client.set(this.#fedKey, String(untilMs));
    await client.del(this.#lockKey);
  }
}
