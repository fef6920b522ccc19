import type { JsonValue } from '../model.ts';
import { parseJsonDocument } from '../source/json-document.ts';
import type { Reading } from '../source/reading.ts';
import { decodeSource } from '../source/source-text.ts';
import type { CapturedBody, CapturedParameter, CapturedResponse } from './captured-request.ts';
import { parseQuery } from './read-address.ts';

/** A body as text, with what is said of its media type; '' when nothing is. */
export type BodyText = { readonly text: string; readonly contentType: string; readonly pointer: string };

export type CapturedContent = { readonly body?: CapturedBody; readonly fields: readonly CapturedParameter[] };

/** Reads a body: a document, the fields of a form, or text of some type. Nothing: no body. */
export function captureBody(reading: Reading, given: BodyText, operation: string): CapturedContent {
  const { text, pointer } = given;
  if (text.trim() === '') return { fields: [] };
  const contentType = given.contentType === '' ? sniffType(text) : given.contentType;
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) {
    return { body: { kind: 'form', contentType: mediaType(contentType), pointer }, fields: captureForm(text, pointer) };
  }
  if (/^multipart\/form-data/i.test(contentType)) {
    const boundary = /boundary="?([^";]+)"?/i.exec(contentType)?.[1];
    const fields = captureMultipart(text, boundary ?? /^--(\S+)/.exec(text)?.[1], pointer);
    return { body: { kind: 'form', contentType: 'multipart/form-data', pointer }, fields };
  }
  if (!isJsonType(contentType)) return { body: { kind: 'text', contentType, pointer }, fields: [] };
  const value = parseDocument(text);
  if (value === undefined) reading.report('sample-json-invalid', pointer, { operation });
  return { body: { kind: 'document', contentType, ...(value !== undefined && { value }), pointer }, fields: [] };
}

/** Reads the body of an answer. */
export function captureAnswer(text: string | undefined, contentType: string): CapturedResponse['body'] {
  if (text === undefined || text.trim() === '') return undefined;
  const type = contentType === '' ? sniffType(text) : contentType;
  const value = isJsonType(type) || looksLikeJson(text) ? parseDocument(text) : undefined;
  return value === undefined ? { kind: 'text' } : { kind: 'document', value };
}

export function isJsonType(contentType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(contentType);
}

/** Without its parameters. */
export function mediaType(contentType: string): string {
  return (contentType.split(';', 1)[0] ?? '').trim().toLowerCase();
}

/** A JSON text's value, with the comments and commas that people leave in; undefined when it is none. */
export function parseDocument(text: string): JsonValue | undefined {
  const { document, findings } = parseJsonDocument(decodeSource('', text).source);
  return findings.every(({ code }) => tolerated.has(code)) ? document?.root : undefined;
}

/** What people leave in samples; other mistakes make a text no JSON. */
const tolerated: ReadonlySet<string> = new Set([
  'json-comment',
  'json-trailing-comma',
  'json-control-character',
  'json-escape-invalid',
]);

/** The fields of `a=b&c=d`, those of one name together. */
export function captureForm(text: string, pointer: string): readonly CapturedParameter[] {
  const byName = new Map<string, string[]>();
  for (const { name, value } of parseQuery(text.trim())) {
    const values = byName.get(name);
    if (values === undefined) byName.set(name, [value]);
    else values.push(value);
  }
  return [...byName].map(([name, values]) => ({
    name,
    in: 'formData',
    description: '',
    required: false,
    values,
    pointer,
  }));
}

/** The parts of a multipart form (RFC 7578), by their headers. */
function captureMultipart(text: string, boundary: string | undefined, pointer: string): readonly CapturedParameter[] {
  if (boundary === undefined) return [];
  const fields: CapturedParameter[] = [];
  for (const part of text.split(`--${boundary}`).slice(1)) {
    const end = /\r?\n\r?\n/.exec(part);
    const head = end === null ? part : part.slice(0, end.index);
    const name = /\bname="((?:[^"\\]|\\.)*)"/i.exec(head)?.[1];
    if (end === null || name === undefined) continue;
    const isFile = /\bfilename\*?=/i.test(head);
    const partType = /^content-type:\s*(\S.*)$/im.exec(head)?.[1]?.trim();
    const value = part.slice(end.index + end[0].length).replace(/\r?\n$/, '');
    const about = { name, in: 'formData', description: '', required: false, pointer } as const;
    const typed = partType !== undefined && !isFile && { partType };
    fields.push(isFile ? { ...about, values: [], isFile } : { ...about, values: [value], ...typed });
  }
  return fields;
}

function looksLikeJson(text: string): boolean {
  return /^\s*[[{]/.test(text);
}

function sniffType(text: string): string {
  if (looksLikeJson(text) && parseDocument(text) !== undefined) return 'application/json';
  return /^\s*</.test(text) ? 'application/xml' : 'text/plain';
}
