import type { Value, ValueObject } from './contract.ts';
import { objectOf } from './values.ts';

/** Parts and fields beyond these are in the whole content only. */
const maximumParts = 1000;
const maximumFields = 10_000;

type ReadBody = (contentType: string, bytes: Buffer) => Value;

/** Parts of a multipart body (RFC 2046 §5.1), each `{headers, body}`. Lines may end in a line feed alone. */
export function readParts(contentType: string, bytes: Uint8Array, readBody: ReadBody): readonly Value[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1]?.trim();
  if (boundary === undefined || boundary === '') return [];
  const content = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const delimiter = Buffer.from(`--${boundary}`, 'latin1');
  const parts: Value[] = [];
  let line = findDelimiter(content, delimiter, 0);
  while (line !== undefined && !line.isLast && parts.length < maximumParts) {
    const next = findDelimiter(content, delimiter, line.end);
    if (next === undefined) break;
    parts.push(readPart(content.subarray(line.end, Math.max(next.start, line.end)), readBody));
    line = next;
  }
  return parts;
}

/** A line that parts the parts: where what stands before it ends, and what follows it begins. */
type Delimiter = { readonly start: number; readonly end: number; readonly isLast: boolean };

/** The boundary counts at the beginning of a line only, and with nothing but blanks or `--` after it. */
function findDelimiter(content: Buffer, delimiter: Buffer, from: number): Delimiter | undefined {
  for (let at = content.indexOf(delimiter, from); at !== -1; at = content.indexOf(delimiter, at + 1)) {
    if (at > 0 && content[at - 1] !== lineFeed) continue;
    let end = at + delimiter.length;
    const isLast = content[end] === hyphen && content[end + 1] === hyphen;
    if (isLast) end += 2;
    while (content[end] === blank || content[end] === tab) end += 1;
    if (content[end] === carriageReturn) end += 1;
    if (content[end] !== lineFeed && !(isLast && end >= content.length)) continue;
    const start = at > 1 && content[at - 2] === carriageReturn ? at - 2 : Math.max(at - 1, 0);
    return { start, end: Math.min(end + 1, content.length), isLast };
  }
  return undefined;
}

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const blank = 0x20;
const tab = 0x09;
const hyphen = 0x2d;

function readPart(part: Buffer, readBody: ReadBody): Value {
  const { head, body } = splitPart(part);
  const headers = head
    .split(/\r?\n/)
    .map((line) => line.split(/:(.*)/s))
    .flatMap(([name, value]): [string, string][] => (value === undefined ? [] : [[name?.trim() ?? '', value.trim()]]));
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? 'text/plain';
  const isEmptyText = body.length === 0 && /^text\//i.test(type);
  return { headers: objectOf(headers), body: isEmptyText ? '' : readBody(type, body) };
}

/** Header fields end at the first empty line; a part may have none. */
function splitPart(part: Buffer): { readonly head: string; readonly body: Buffer } {
  let at = 0;
  while (at < part.length) {
    const end = part.indexOf(lineFeed, at);
    if (end === -1) break;
    const isEmpty = end === at || (end === at + 1 && part[at] === carriageReturn);
    if (isEmpty) return { head: part.subarray(0, at).toString('latin1'), body: part.subarray(end + 1) };
    at = end + 1;
  }
  return { head: part.toString('latin1'), body: Buffer.alloc(0) };
}

/** Fields of a form that is encoded as a URL (WHATWG URL §5.1), each `{key, value}`. */
export function readFields(text: string): readonly ValueObject[] {
  let end = 0;
  for (let count = 0; count < maximumFields && end !== -1; count += 1) end = text.indexOf('&', end + 1);
  const pairs = [...new URLSearchParams(end === -1 ? text : text.slice(0, end))];
  return pairs.map(([key, value]) => ({ key, value }));
}
