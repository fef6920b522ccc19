import type { JsonValue, OperationModel } from '@patchbay/definition';
import { jsonNestsTooDeep, maximumJsonDepth } from '@patchbay/expression';
import { isJsonSequence } from './bind-body.ts';
import type { OperationResult } from './contract.ts';
import { toEnvelope } from './envelope.ts';
import { ConnectorError } from './errors.ts';
import { isJsonType } from './json-text.ts';

/** An answer as it came. */
export type RawAnswer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly bytes: Uint8Array;
};

/** Reads an operation's answer; throws a `ConnectorError` for what is none. */
export type ReadAnswer = (answer: RawAnswer) => OperationResult;

/** What an answer is worth as a value: JSON → the value, text → a string, anything else → an envelope, nothing → null. */
export function decodeBody(contentType: string, bytes: Uint8Array): JsonValue {
  if (bytes.length === 0) return null;
  if (isJsonType(contentType)) return parseJson(decodeText(contentType, bytes));
  if (isJsonSequence(contentType)) return parseSequence(decodeText(contentType, bytes));
  if (/^text\//i.test(contentType)) return decodeText(contentType, bytes);
  if (contentType === '') return decodeUntyped(bytes);
  return toEnvelope(contentType, bytes);
}

/**
 * Decodes an operation's answer. A success that claims or promises JSON and is something else is a failure that shows what came; an
 * error answer is decoded as well as it can be.
 */
export function decodeResult(operation: OperationModel, answer: RawAnswer): OperationResult {
  const contentType = answer.headers['content-type'] ?? '';
  const { status: statusCode, headers, bytes } = answer;
  const isHtml = /^\s*(text\/html|application\/xhtml\+xml)/i.test(contentType);
  if (statusCode < 300 && isHtml && promisesJson(operation, statusCode)) throw notJson(operation, answer, contentType);
  try {
    return { statusCode, headers, body: decodeBody(contentType, bytes) };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    if (statusCode < 300) throw notJson(operation, answer, contentType, error);
    return { statusCode, headers, body: decodeText(contentType, bytes) };
  }
}

function promisesJson(operation: OperationModel, status: number): boolean {
  const response =
    operation.responses.find((one) => one.status === String(status)) ??
    operation.responses.find((one) => one.status === 'default');
  const isStructured =
    response?.schema !== undefined && response.schema.kind !== 'string' && response.schema.kind !== 'file';
  const producesOther = operation.produces.some((type) => !isJsonType(type));
  return isStructured && !producesOther;
}

function notJson(
  operation: OperationModel,
  { status, bytes }: RawAnswer,
  contentType: string,
  cause?: unknown,
): ConnectorError {
  if (cause instanceof SyntaxError && jsonNestsTooDeep(new TextDecoder().decode(bytes))) {
    return new ConnectorError(
      'response-not-json',
      `${operation.operationId}: the API answered ${status} with JSON that nests deeper than ${maximumJsonDepth} levels, which is more than is read.`,
      { operationId: operation.operationId, evidence: String(status), cause },
    );
  }
  const start = new TextDecoder().decode(bytes.subarray(0, 200)).replace(/\s+/g, ' ').trim();
  const kind = contentType === '' ? 'no content type' : contentType;
  return new ConnectorError(
    'response-not-json',
    `${operation.operationId} should answer in JSON, but the API answered ${status} with ${kind} that is not: "${start}${bytes.length > 200 ? '…' : ''}". Check the host and the path; sign-in pages look like this.`,
    { operationId: operation.operationId, evidence: String(status), cause },
  );
}

function parseJson(text: string): JsonValue {
  if (jsonNestsTooDeep(text)) throw new SyntaxError(`the JSON nests deeper than ${maximumJsonDepth} levels`);
  return JSON.parse(text.startsWith('\uFEFF') ? text.slice(1) : text) as JsonValue;
}

function parseSequence(text: string): JsonValue {
  return text
    .split(text.includes('\u001E') ? '\u001E' : '\n')
    .filter((one) => one.trim() !== '')
    .map(parseJson);
}

function decodeUntyped(bytes: Uint8Array): JsonValue {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    try {
      return parseJson(text);
    } catch {
      return text;
    }
  } catch {
    return toEnvelope('application/octet-stream', bytes);
  }
}

function decodeText(contentType: string, bytes: Uint8Array): string {
  const charset = /charset\s*=\s*"?([^";\s]+)/i.exec(contentType)?.[1] ?? 'utf-8';
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that nobody knows: UTF-8 is the best guess.
    return new TextDecoder().decode(bytes);
  }
}
