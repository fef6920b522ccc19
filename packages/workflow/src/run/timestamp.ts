import type { Timestamp } from '../contract.ts';

/** ISO 8601 in UTC with seven fractional digits, as .NET's round-trip format writes it. */
export function formatTimestamp(timeMs: number): Timestamp {
  return `${new Date(timeMs).toISOString().slice(0, -1)}0000Z`;
}
