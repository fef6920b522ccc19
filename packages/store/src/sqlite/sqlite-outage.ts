import type { Outage } from '../outage.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html. A file system that has become read-only shows as an I/O error. */
const full = 13;
const unwritable: ReadonlySet<number> = new Set([8 /* READONLY */, 10 /* IOERR */, 14 /* CANTOPEN */]);

/** The outage that an error of SQLite tells of; `undefined`: it tells of something else. */
export function sqliteOutage(error: unknown): Outage | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  // The lowest byte is the primary code.
  const code = error.errcode & 0xff;
  if (code === full) return { kind: 'full', detail: error.message };
  return unwritable.has(code) ? { kind: 'unwritable', detail: error.message } : undefined;
}
