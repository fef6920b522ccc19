import type { Store } from '@patchbay/store';
import type { FastifyBaseLogger } from 'fastify';

const intervalMs = 60 * 60 * 1000;

/** Removes what has expired (sessions, sign-in links, what the identity provider kept) now and every hour; answers a function that stops it. */
export function startHousekeeping(store: Store, logger: FastifyBaseLogger): () => void {
  const clean = (): void => {
    const nowMs = Date.now();
    Promise.all([
      store.sessions.deleteExpired(nowMs),
      store.identity.deleteExpired(nowMs),
      store.pendingLinks.deleteExpired(nowMs),
    ]).catch((error: unknown) => {
      logger.warn({ err: error }, 'what has expired could not be removed; it is tried again in an hour');
    });
  };
  clean();
  const timer = setInterval(clean, intervalMs);
  timer.unref();
  return () => clearInterval(timer);
}
