import type { RunPosition } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{7}Z)~(.{1,200})$/s;

/** The `$skiptoken` of the page that begins behind a run. */
export function positionToken({ startTime, runId }: RunPosition): string {
  return `${startTime}~${runId}`;
}

/** Throws `InvalidRequest` for one that no list has given. */
export function parsePositionToken(token: string): RunPosition {
  const [, startTime, runId] = form.exec(token) ?? [];
  if (startTime !== undefined && runId !== undefined) return { startTime, runId };
  throw new PlatformError(
    'InvalidRequest',
    'The `$skiptoken` is none of this list: follow `nextLink` as it was given.',
  );
}
