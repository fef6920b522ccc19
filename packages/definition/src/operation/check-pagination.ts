import type { JsonObject } from '../model.ts';
import { isObject, member, ownPrefix, type Reading } from '../source/reading.ts';

/** Says on an operation how its answers come in pages. */
export const paginationName = `${ownPrefix}pagination`;

/** What each style cannot do without. */
const needs: Readonly<Record<string, readonly string[]>> = {
  linkHeader: [],
  nextLink: ['next'],
  cursor: ['parameter', 'next'],
  page: ['parameter'],
  offset: ['parameter'],
};

/** Reports an `x-patchbay-pagination` that cannot be followed. It stays among the extensions, for who calls to read. */
export function checkPagination(
  reading: Reading,
  operation: { readonly value: JsonObject; readonly pointer: string; readonly title: string },
): void {
  const source = member(operation.value, paginationName);
  if (source === undefined || source === null) return;
  const problem = isObject(source) ? problemOf(source) : 'it should be an object';
  if (problem === undefined) return;
  reading.report('pagination-not-valid', `${operation.pointer}/${paginationName}`, {
    operation: operation.title,
    problem,
  });
}

function problemOf(source: JsonObject): string | undefined {
  const style = member(source, 'style');
  const needed = typeof style === 'string' && Object.hasOwn(needs, style) ? needs[style] : undefined;
  if (needed === undefined) return `"style" should be one of ${Object.keys(needs).join(', ')}`;
  const missing = needed.find((name) => !isText(member(source, name)));
  if (missing !== undefined) return `the style ${String(style)} needs "${missing}" as text`;
  const wrong = ['parameter', 'next', 'items'].find((name) => {
    const value = member(source, name);
    return value !== undefined && !isText(value);
  });
  if (wrong !== undefined) return `"${wrong}" should be text`;
  const start = member(source, 'start');
  const isStart = start === undefined || (typeof start === 'number' && Number.isInteger(start) && start >= 0);
  return isStart ? undefined : '"start" should be a whole number';
}

function isText(value: unknown): boolean {
  return typeof value === 'string' && value !== '';
}
