import type { FastifyBaseLogger } from 'fastify';
import type { RunRetention } from './services/run-retention.ts';

/** Late enough that processes of an older version, which new ones take over from, are gone. */
const firstAfterMs = 5 * 60 * 1000;
const intervalMs = 15 * 60 * 1000;

/** Deletes runs that have had their time now and then; answers a function that ends it and waits for what is under way. */
export function startRetention(retention: RunRetention, logger: FastifyBaseLogger): () => Promise<void> {
  const abort = new AbortController();
  let round = Promise.resolve();
  let timer = setTimeout(begin, firstAfterMs);
  timer.unref();
  function begin(): void {
    round = retention.round(abort.signal).then(
      (report) => {
        if (report !== undefined && report.runs > 0)
          logger.info({ ...report }, 'runs that have had their time are deleted');
        plan();
      },
      (error: unknown) => {
        logger.warn({ err: error }, 'runs that have had their time could not be deleted; it is tried again');
        plan();
      },
    );
  }
  function plan(): void {
    if (abort.signal.aborted) return;
    timer = setTimeout(begin, intervalMs);
    timer.unref();
  }
  return async () => {
    clearTimeout(timer);
    abort.abort();
    await round;
  };
}
