/** The time that a whole exchange has, and the caller's own wish to stop. */
export class Deadline {
  readonly timeoutMs: number;
  readonly #caller: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;
  #state: 'running' | 'timed-out' | 'aborted' | 'stopped' = 'running';
  #onExpiry: (() => void) | undefined;

  constructor(timeoutMs: number, caller: AbortSignal | undefined) {
    this.timeoutMs = timeoutMs;
    this.#caller = caller;
    this.#timer = setTimeout(() => this.#expire('timed-out'), timeoutMs);
    if (caller?.aborted === true) this.#onCallerAbort();
    else caller?.addEventListener('abort', this.#onCallerAbort, { once: true });
  }

  get hasTimedOut(): boolean {
    return this.#state === 'timed-out';
  }

  get isAborted(): boolean {
    return this.#state === 'aborted';
  }

  /** What is ended when the time is up or the caller stops, at once if that has happened; in place of what was named before. */
  ends(exchange: () => void): void {
    this.#onExpiry = exchange;
    if (this.#state === 'timed-out' || this.#state === 'aborted') exchange();
  }

  /** The exchange is over: nothing is ended any more. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#onCallerAbort);
    if (this.#state === 'running') this.#state = 'stopped';
  }

  readonly #onCallerAbort = (): void => this.#expire('aborted');

  #expire(state: 'timed-out' | 'aborted'): void {
    if (this.#state !== 'running') return;
    this.#state = state;
    clearTimeout(this.#timer);
    this.#onExpiry?.();
  }
}
