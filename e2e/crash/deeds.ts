import type { Records } from './judge.ts';

/** What differs from run to run: whose it was, what the world said of it, and the order in which loops have counted. */
const incidental = new Set(['headers', 'messageId', 'number', 'ticket', 'value']);

/** What a run did: every action in every iteration, with its status, its code and what it gave, one a line. */
export function deedsOf(records: Records, runId: string, ticket: string): readonly string[] {
  const rows = records.all(
    `select action, iteration, status, code, outputs from action_record where run_id = '${runId}'`,
  );
  return rows
    .map(({ action, iteration, status, code, outputs }) => {
      const given =
        outputs === null ? '' : JSON.stringify(essence(JSON.parse(String(outputs)))).replaceAll(ticket, '…');
      return `${action}/${iteration}: ${status} ${code} ${given}`;
    })
    .sort();
}

function essence(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(essence);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, member]) => (incidental.has(name) ? [] : [[name, essence(member)]])),
  );
}
