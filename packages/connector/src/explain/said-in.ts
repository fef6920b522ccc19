import type { JsonObject, JsonValue } from '@patchbay/definition';

const maxLength = 300;

/** Where APIs put their words: RFC 9457 (detail, title), RFC 6749 §5.2 (error_description), OData and Google (error.message). */
const places = ['error_description', 'message', 'detail', 'error', 'errors', 'title', 'description', 'fault', 'reason'];

/** What an API says in the body of an answer, as one line; nothing when it says nothing in words. */
export function saidIn(body: JsonValue): string | undefined {
  const words = wordsOf(body, 0)?.replace(/\s+/g, ' ').trim();
  if (words === undefined || words === '') return undefined;
  return words.length > maxLength ? `${words.slice(0, maxLength)}…` : words;
}

function wordsOf(value: JsonValue | undefined, depth: number): string | undefined {
  if (typeof value === 'string') return value;
  if (depth > 3 || typeof value !== 'object' || value === null) return undefined;
  if (Array.isArray(value)) return wordsOf(value[0], depth + 1);
  const members = new Map(Object.entries(value as JsonObject).map(([name, one]) => [name.toLowerCase(), one]));
  if (members.has('$content')) return undefined;
  for (const place of places) {
    const words = wordsOf(members.get(place), depth + 1);
    if (words !== undefined && words !== '') return words;
  }
  return undefined;
}
