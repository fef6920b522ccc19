import type { Value, ValueObject } from './contract.ts';
import { ExpressionError } from './errors.ts';
import { measureJson } from './measure-json.ts';
import type { Meter } from './meter.ts';
import { parseJson } from './parse-json.ts';
import { readFields, readParts } from './read-parts.ts';
import { isObject, memberOf, plainText, stringify } from './values.ts';
import { type Written, writeParts } from './write-parts.ts';

/** Bytes as a value: `{"$content-type", "$content"}` with base64 content. */
export type Envelope = { readonly contentType: string; readonly bytes: Buffer };

export function readEnvelope(value: Value): Envelope | undefined {
  if (!isObject(value)) return undefined;
  const content = memberOf(value, '$content');
  const contentType = memberOf(value, '$content-type');
  if (typeof content !== 'string' || typeof contentType !== 'string') return undefined;
  return { contentType, bytes: Buffer.from(content, 'base64') };
}

export function toEnvelope(contentType: string, bytes: Uint8Array): ValueObject {
  return { '$content-type': contentType, $content: Buffer.from(bytes).toString('base64') };
}

/** What `string()` and interpolation make of a value: an envelope is its text. */
export function toText(value: Value): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return plainText(value);
  const envelope = readEnvelope(value);
  return envelope === undefined ? plainText(value) : decodeText(envelope.contentType, envelope.bytes);
}

/** The same within an evaluation, whose meter it is charged to. */
export function toMeteredText(value: Value, meter: Meter): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'object' && value !== null) measureJson(value, meter);
  return toText(value);
}

/** The bytes of a text or an envelope, or of the text that another value makes; charged to an evaluation's meter. */
export function toMeteredBytes(value: Value, meter: Meter): Buffer {
  const envelope = readEnvelope(value);
  if (envelope !== undefined) return envelope.bytes;
  if (typeof value === 'object' && value !== null) measureJson(value, meter);
  return Buffer.from(plainText(value), 'utf8');
}

export function decodeText(contentType: string, bytes: Uint8Array): string {
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    // What is ASCII is UTF-8 as well; the decoder's own notion of ASCII is Windows-1252.
    return new TextDecoder(/^(?:us-)?ascii$/i.test(charset) ? 'utf-8' : charset).decode(bytes);
  } catch {
    // A charset that nobody knows: UTF-8 is the best guess.
    return new TextDecoder().decode(bytes);
  }
}

export function isJsonType(contentType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(contentType);
}

/**
 * A message's content as a value, by its declared type and no other: JSON → the value, text → a string, forms and multipart → an
 * envelope with their parts beside it, anything else → an envelope, nothing → null. Throws `SyntaxError` for JSON that is not.
 */
export function contentToValue(contentType: string, bytes: Uint8Array): Value {
  return readContent(contentType, bytes, 0);
}

/** Each level keeps its content whole beside its parts. */
const maximumMultipartLevels = 3;

function readContent(contentType: string, bytes: Uint8Array, level: number): Value {
  if (bytes.length === 0) return null;
  if (isJsonType(contentType)) return parseJson(decodeText(contentType, bytes).replace(/^\uFEFF/, ''));
  if (/^text\//i.test(contentType)) return decodeText(contentType, bytes);
  const envelope = toEnvelope(contentType === '' ? 'application/octet-stream' : contentType, bytes);
  if (/^application\/x-www-form-urlencoded/i.test(contentType))
    return { ...envelope, $formdata: readFields(decodeText(contentType, bytes)) };
  if (!/^multipart\//i.test(contentType) || level >= maximumMultipartLevels) return envelope;
  return { ...envelope, $multipart: readParts(contentType, bytes, (type, body) => readBody(type, body, level + 1)) };
}

/** The body of a part; JSON that is none stays text. */
function readBody(contentType: string, bytes: Uint8Array, level: number): Value {
  try {
    return readContent(contentType, bytes, level);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return decodeText(contentType, bytes);
  }
}

/** A value as a message's content: an envelope restores its bytes and type, parts are put together, a string is text, anything else JSON. */
export function valueToContent(value: Value, contentType?: string): Written | undefined {
  if (value === null) return undefined;
  const envelope = readEnvelope(value);
  if (envelope !== undefined) return { contentType: contentType ?? envelope.contentType, bytes: envelope.bytes };
  const parts = writeParts(value, contentType, valueToContent);
  if (parts !== undefined) return parts;
  if (typeof value === 'string') {
    // Under a JSON type a string is either a document that was serialised already or a JSON string.
    const isDocument = contentType !== undefined && isJsonType(contentType) && !isJsonText(value);
    const text = isDocument ? stringify(value) : value;
    return { contentType: contentType ?? 'text/plain; charset=utf-8', bytes: Buffer.from(text, 'utf8') };
  }
  return {
    contentType: contentType ?? 'application/json; charset=utf-8',
    bytes: Buffer.from(stringify(value), 'utf8'),
  };
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** The text of an envelope or a string; throws for anything else. */
export function requireText(value: Value, functionName: string): string {
  if (typeof value === 'string') return value;
  const envelope = readEnvelope(value);
  if (envelope !== undefined) return decodeText(envelope.contentType, envelope.bytes);
  throw new ExpressionError(`The template language function '${functionName}' expects a string or a binary value.`, {
    reason: 'argument-type',
  });
}
