import type { JsonValue } from '../model.ts';

const maxLength = 60;

/** A text or value short enough to stand in a message. */
export function shown(value: JsonValue | undefined): string {
  const text = typeof value === 'string' ? value : value === undefined ? 'none' : JSON.stringify(value);
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}
