import { StoreError } from './errors.ts';

/** Why a database takes no writes for now: its disk is full, or cannot be written. */
export type Outage = { readonly kind: 'full' | 'unwritable'; readonly detail: string };

/** What was refused has not happened. `place` is a file, or a database without its password. */
export function outageError(outage: Outage, place: string, cause?: unknown): StoreError {
  const { happened, remedy } = describe(outage, place);
  const message = `${happened} Nothing new is taken, and what runs waits. ${remedy}; what waits goes on by itself.`;
  return storeError(outage, message, cause);
}

/** A store that is being opened has nothing that could go on. */
export function outageAtStart(outage: Outage, place: string, cause?: unknown): StoreError {
  const { happened, remedy } = describe(outage, place);
  return storeError(outage, `${happened} ${remedy}, and start again.`, cause);
}

function describe({ kind, detail }: Outage, place: string): { readonly happened: string; readonly remedy: string } {
  return kind === 'full'
    ? { happened: `The disk that holds ${place} is full (${detail}).`, remedy: 'Make room on it' }
    : {
        happened: `${place} cannot be written (${detail}).`,
        remedy: 'Look at the disk, and whether its file system is mounted read-only',
      };
}

function storeError({ kind }: Outage, message: string, cause: unknown): StoreError {
  return new StoreError(kind === 'full' ? 'store-full' : 'store-unwritable', message, { cause });
}

export function isOutage(error: unknown): error is StoreError {
  return error instanceof StoreError && (error.code === 'store-full' || error.code === 'store-unwritable');
}
