import type { StoreLocation } from './contract.ts';
import { StoreError } from './errors.ts';

/** Reads `postgres://…`, `sqlite:path` or a path. */
export function parseStoreLocation(text: string): StoreLocation {
  if (/^postgres(ql)?:\/\//i.test(text)) {
    if (!URL.canParse(text))
      throw new StoreError(
        'location-invalid',
        'The database address is not a URL such as postgres://user:password@host/name.',
      );
    return { kind: 'postgres', url: text };
  }
  if (/^[a-z][a-z0-9+]+:\/\//i.test(text)) {
    throw new StoreError(
      'location-invalid',
      `Patchbay keeps its data in PostgreSQL (postgres://…) or SQLite (a path), not ${text.split(':', 1)[0]}.`,
    );
  }
  const path = text.replace(/^sqlite:/i, '');
  if (path === '') throw new StoreError('location-invalid', 'The database address is empty.');
  if (path === ':memory:')
    throw new StoreError('location-invalid', 'Patchbay keeps its data in a file; :memory: is none. Name a path.');
  return { kind: 'sqlite', path };
}
