import type { Outage } from '../outage.ts';

/** Primary result codes, https://www.sqlite.org/rescode.html. A file system that has become read-only shows as an I/O error. */
const full = 13;
/** The file that connections share cannot grow (IOERR_SHMSIZE). */
const noRoomToShare = 4874;
const unwritable: ReadonlySet<number> = new Set([8 /* READONLY */, 10 /* IOERR */, 14 /* CANTOPEN */]);

/** The outage that an error of SQLite tells of; `undefined`: it tells of something else. */
export function sqliteOutage(error: unknown): Outage | undefined {
  if (!(error instanceof Error) || !('errcode' in error) || typeof error.errcode !== 'number') return undefined;
  // The lowest byte is the primary code.
  const code = error.errcode & 0xff;
  const detail = `${error.message}, SQLite's code ${error.errcode}`;
  if (code === full || error.errcode === noRoomToShare) return { kind: 'full', detail };
  return unwritable.has(code) ? { kind: 'unwritable', detail } : undefined;
}
