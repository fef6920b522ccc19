import type { SchemaModel } from '../model.ts';
import type { CapturedParameter, CapturedRequest } from '../sample/captured-request.ts';
import type { Reading } from '../source/reading.ts';

const numeric = /^\d{1,19}$/;
const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i;

/**
 * Finds the parameters in recorded paths: a segment that is a number or a UUID, and another one in other requests that begin alike. What
 * was seen with one value only stays as it is.
 */
export function templatePaths(reading: Reading, requests: readonly CapturedRequest[]): readonly CapturedRequest[] {
  const seen = new Map<string, Set<string>>();
  for (const request of requests) {
    for (const { key, segment } of identifiersIn(request)) {
      const values = seen.get(key) ?? new Set<string>();
      seen.set(key, values.add(segment));
    }
  }
  return requests.map((request) => templatePath(reading, request, seen));
}

type Identifier = { readonly index: number; readonly segment: string; readonly key: string };

/** The segments that may be parameters, each with what stands before it; identifiers before it are any. */
function identifiersIn({ base, path }: CapturedRequest): readonly Identifier[] {
  let key = JSON.stringify(base);
  return path.split('/').flatMap((segment, index) => {
    const before = key;
    const isIdentifier = numeric.test(segment) || uuid.test(segment);
    key += isIdentifier ? '/{}' : `/${segment}`;
    return isIdentifier ? [{ index, segment, key: before }] : [];
  });
}

function templatePath(
  reading: Reading,
  request: CapturedRequest,
  seen: ReadonlyMap<string, ReadonlySet<string>>,
): CapturedRequest {
  const segments = request.path.split('/');
  const parameters: CapturedParameter[] = [];
  for (const { index, key } of identifiersIn(request)) {
    const values = seen.get(key) ?? new Set<string>();
    if (values.size < 2) continue;
    const before = segments[index - 1] ?? '';
    const name = freeName(nameAfter(before), parameters);
    segments[index] = `{${name}}`;
    const about = { in: 'path', description: '', required: true, values: [], pointer: request.pointer } as const;
    parameters.push({ name, ...about, schema: schemaOf(values) });
  }
  if (parameters.length === 0) return request;
  const path = segments.join('/');
  for (const { name } of parameters) {
    const before = segments[segments.indexOf(`{${name}}`) - 1] ?? '';
    reading.lose('path-parameter-inferred', request.pointer, { path, name, before: `/${before}` });
  }
  return { ...request, path, parameters: [...parameters, ...request.parameters] };
}

/** Numbers need not be numbers for ever: a parameter is an integer only where a UUID was never seen and it fits. */
function schemaOf(values: ReadonlySet<string>): SchemaModel {
  const all = [...values];
  if (all.every((value) => uuid.test(value))) return { kind: 'string', format: 'uuid' };
  return { kind: all.every((value) => /^(0|[1-9]\d{0,14})$/.test(value)) ? 'integer' : 'string' };
}

/** `/users/7` → `userId`; after nothing that names anything, `id`. */
function nameAfter(segment: string): string {
  const words = segment.split(/[^A-Za-z\d]+/).filter((word) => /^[A-Za-z]/.test(word));
  const [first] = words;
  if (first === undefined) return 'id';
  const name = words
    .map((word, index) => (index === 0 ? word.charAt(0).toLowerCase() : word.charAt(0).toUpperCase()) + word.slice(1))
    .join('');
  const singular = name.replace(/ies$/, 'y').replace(/(?<=[^s])s$/, '');
  return `${singular}Id`;
}

function freeName(base: string, taken: readonly CapturedParameter[]): string {
  let name = base;
  for (let number = 2; taken.some((one) => one.name === name); number += 1) name = `${base}${number}`;
  return name;
}
