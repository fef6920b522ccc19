import type { JsonValue } from '@patchbay/expression';
import type { Status } from '../contract.ts';
import type { FindingCode } from '../findings.ts';
import { pointerTo } from '../findings.ts';
import { asText, isArray, isObject, jsonKind } from './json.ts';
import { statusBit } from './plan.ts';

export type RunAfter = {
  readonly entries: readonly { readonly name: string; readonly accepts: number; readonly acceptsText: string }[];
  readonly problems: readonly { readonly code: FindingCode; readonly message: string; readonly pointer: string }[];
};

const statuses: { readonly [lowerCase: string]: readonly Status[] } = {
  succeeded: ['Succeeded'],
  failed: ['Failed'],
  skipped: ['Skipped'],
  timedout: ['TimedOut'],
  // Of an action that ran into its limit the documentation tells the one, and what is made with the designer names the other.
  cancelled: ['Cancelled', 'TimedOut'],
  aborted: ['Cancelled', 'TimedOut'],
};

/** Reads `runAfter`; statuses in any case. An empty list of statuses means Succeeded. */
export function readRunAfter(source: JsonValue | undefined): RunAfter {
  if (source === undefined || source === null) return { entries: [], problems: [] };
  if (!isObject(source)) {
    const message = `runAfter must be an object of action names, not ${jsonKind(source)}`;
    return { entries: [], problems: [{ code: 'action-invalid', message, pointer: '' }] };
  }
  const problems: RunAfter['problems'][number][] = [];
  const entries = Object.entries(source).map(([name, given]) => {
    const accepted: (readonly Status[])[] = [];
    for (const text of isArray(given) ? given : []) {
      const key = asText(text).toLowerCase();
      const meant = Object.hasOwn(statuses, key) ? statuses[key] : undefined;
      if (meant !== undefined) accepted.push(meant);
      else {
        const message = `"${asText(text)}" is not a status that runAfter can name; use Succeeded, Failed, Skipped or TimedOut`;
        problems.push({ code: 'run-after-status-unknown', message, pointer: pointerTo('', name) });
      }
    }
    if (accepted.length === 0) accepted.push(['Succeeded']);
    const accepts = accepted.flat().reduce((bits, status) => bits | statusBit(status), 0);
    return { name, accepts, acceptsText: accepted.map(([status]) => status).join(', ') };
  });
  return { entries, problems };
}
