/** Time, as the engine sees it: tests turn it by hand. */
export interface Clock {
  nowMs(): number;
  /** Calls back once at or after the time; answers a function that cancels. */
  at(timeMs: number, callback: () => void): () => void;
}

/** What other processes over the same store may want to look at. */
export type Notice =
  /** Runs have become due. */
  | { readonly kind: 'due' }
  /** Somebody wants something of a run, or waits for what has happened to it. */
  | { readonly kind: 'run'; readonly runId: string }
  /** Schedules or watches have changed. */
  | { readonly kind: 'triggers' };

/** How processes over one store tell each other where to look. A hint only: any of them may be lost, and all are found later without. */
export interface Notices {
  /** Tells the others, not this process. */
  publish(notice: Notice): void;
  /** Answers a function that ends it. */
  subscribe(listener: (notice: Notice) => void): () => void;
}

/**
 * Which process advances which run, and when. A hint only: losing everything it knows loses nothing, because due runs are found
 * again from the record, and a run that two processes are told to advance is claimed by one.
 */
export interface Dispatcher {
  /**
   * Starts delivering; `advance` resolves when the run has finished, sleeps or waits. One at a time per run. Without it this process
   * advances nothing and only wakes runs for others.
   */
  start(advance?: (runId: string) => Promise<void>): Promise<void>;
  /** Advance this run soon, here or elsewhere; once more when it is being advanced. */
  wake(runId: string): void;
  /** Advance this run at a time. */
  wakeAt(runId: string, atMs: number): void;
  /** Takes no more work and resolves when what is being advanced has come to rest, or after `drainMs`. */
  stop(drainMs: number): Promise<void>;
}
