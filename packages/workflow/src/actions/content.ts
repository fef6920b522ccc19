import type { Value } from '@patchbay/expression';
import { isRecord } from '../run/value-types.ts';

/** The text of a string or of a content envelope (`{"$content-type", "$content"}`); `undefined` of other values. */
export function contentText(value: Value): string | undefined {
  if (typeof value === 'string') return value;
  if (!isRecord(value)) return undefined;
  const encoded = value['$content'];
  if (typeof encoded !== 'string' || typeof value['$content-type'] !== 'string') return undefined;
  return Buffer.from(encoded, 'base64')
    .toString('utf8')
    .replace(/^\uFEFF/, '');
}
