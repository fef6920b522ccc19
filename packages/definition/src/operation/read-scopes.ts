import type { JsonObject } from '../model.ts';
import type { Reading } from '../source/reading.ts';

/** The scopes of an OAuth flow: scope → what it allows. */
export function readScopes(reading: Reading, flow: JsonObject, pointer: string): ReadonlyMap<string, string> {
  const scopes = Object.entries(reading.object(flow, 'scopes', pointer));
  return new Map(scopes.map(([name, meaning]) => [name, typeof meaning === 'string' ? meaning : '']));
}
