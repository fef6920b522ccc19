import { createHash } from 'node:crypto';
import type { Value } from './contract.ts';
import { isArray, isObject, memberOf, plainText } from './values.ts';

/** What goes out as the body of a message. */
export type Written = { readonly contentType: string; readonly bytes: Uint8Array };
type Write = (value: Value, contentType?: string) => Written | undefined;

/**
 * A value that is made of parts as the body that it describes, `{"$content-type": "multipart/…", "$multipart": [{headers, body}]}` (RFC 2046
 * §5.1) or `{"$content-type": "application/x-www-form-urlencoded", "$formdata": [{key, value}]}`; `undefined` of any other value. A media
 * type of the same kind that was given besides wins, and so does its boundary.
 */
export function writeParts(value: Value, given: string | undefined, write: Write): Written | undefined {
  if (!isObject(value)) return undefined;
  const stated = memberOf(value, '$content-type');
  if (typeof stated !== 'string') return undefined;
  const parts = memberOf(value, '$multipart');
  if (/^multipart\//i.test(stated) && parts !== undefined && isArray(parts)) {
    const type = given !== undefined && /^multipart\//i.test(given) ? given : stated;
    return writeMultipart(parts, type, write);
  }
  const fields = memberOf(value, '$formdata');
  if (!/^application\/x-www-form-urlencoded/i.test(stated)) return undefined;
  if (fields === undefined || !isArray(fields)) return undefined;
  const pairs = fields.map((field): [string, string] => [textOf(field, 'key'), textOf(field, 'value')]);
  return { contentType: given ?? stated, bytes: Buffer.from(new URLSearchParams(pairs).toString(), 'utf8') };
}

function writeMultipart(parts: readonly Value[], contentType: string, write: Write): Written {
  const written = parts.map((part) => writePart(part, write));
  const stated = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
  const boundary = stated ?? boundaryFor(written);
  const delimited = written.flatMap((part) => [Buffer.from(`--${boundary}\r\n`, 'utf8'), part, Buffer.from('\r\n')]);
  return {
    contentType: stated === undefined ? `${contentType.replace(/\s*;?\s*$/, '')}; boundary=${boundary}` : contentType,
    bytes: Buffer.concat([...delimited, Buffer.from(`--${boundary}--\r\n`, 'utf8')]),
  };
}

/** The same parts have the same boundary, so that a request that is repeated is the same; nobody finds parts that hold it. */
function boundaryFor(parts: readonly Buffer[]): string {
  const digest = createHash('sha256');
  for (const part of parts) digest.update(part);
  return `part-${digest.digest('hex').slice(0, 40)}`;
}

function writePart(part: Value, write: Write): Buffer {
  const given = isObject(part) ? memberOf(part, 'headers') : undefined;
  const body = (isObject(part) ? memberOf(part, 'body') : undefined) ?? null;
  const headers = (given !== undefined && isObject(given) ? Object.entries(given) : []).flatMap(([name, value]) =>
    value === null ? [] : [[inOneLine(name), inOneLine(plainText(value))] as const],
  );
  const stated = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1];
  const content = write(body, stated);
  // A text needs no type of its own (RFC 2046 §5.1).
  if (stated === undefined && content !== undefined && typeof body !== 'string') {
    headers.push(['Content-Type', content.contentType]);
  }
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([Buffer.from(`${head}\r\n`, 'utf8'), content?.bytes ?? new Uint8Array(0)]);
}

/** A line break would begin another header field. */
function inOneLine(text: string): string {
  return text.replaceAll(/[\r\n]+/g, ' ').trim();
}

function textOf(field: Value, name: string): string {
  const value = isObject(field) ? memberOf(field, name) : undefined;
  return value === undefined || value === null ? '' : plainText(value);
}
