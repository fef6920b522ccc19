/** Runs that this process is advancing: one at a time of each, and once more for a wake in between. */
export class Activations {
  readonly #advance: (runId: string) => Promise<void>;
  readonly #active = new Map<string, { isWoken: boolean; readonly rest: PromiseWithResolvers<void> }>();
  #isClosed = false;
  #onRest: (() => void)[] = [];

  constructor(advance: (runId: string) => Promise<void>) {
    this.#advance = advance;
  }

  get size(): number {
    return this.#active.size;
  }

  has(runId: string): boolean {
    return this.#active.has(runId);
  }

  /** Resolves when the run has come to rest after this wake; an advance that fails has come to rest as well. */
  wake(runId: string): Promise<void> {
    if (this.#isClosed) return Promise.resolve();
    const known = this.#active.get(runId);
    if (known !== undefined) {
      known.isWoken = true;
      return known.rest.promise;
    }
    const rest = Promise.withResolvers<void>();
    this.#active.set(runId, { isWoken: false, rest });
    this.#deliver(runId);
    return rest.promise;
  }

  /** Takes no more, and resolves when nothing is being advanced. */
  async close(): Promise<void> {
    this.#isClosed = true;
    if (this.#active.size > 0) await new Promise<void>((resolve) => this.#onRest.push(resolve));
  }

  #deliver(runId: string): void {
    const done = (): void => this.#onDone(runId);
    this.#advance(runId).then(done, done);
  }

  #onDone(runId: string): void {
    const active = this.#active.get(runId);
    if (active?.isWoken === true && !this.#isClosed) {
      active.isWoken = false;
      this.#deliver(runId);
      return;
    }
    this.#active.delete(runId);
    active?.rest.resolve();
    if (this.#active.size === 0) for (const resolve of this.#onRest.splice(0)) resolve();
  }
}
