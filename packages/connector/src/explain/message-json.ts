import type { JsonObject, JsonValue } from '@patchbay/definition';
import type { BoundRequest, OperationResult } from '../contract.ts';
import type { RawAnswer } from '../decode-result.ts';
import { ConnectorError } from '../errors.ts';

/** A request as traces show it: text as it is, other bodies as `{"$content"}` in base64. */
export function showRequest({ method, url, headers, body }: BoundRequest): JsonObject {
  if (body === undefined) return { method, url, headers };
  const shown = typeof body === 'string' ? body : { $content: Buffer.from(body).toString('base64') };
  return { method, url, headers, body: shown };
}

/** The request that a person wrote in the place of one; a body that is a JSON value is sent as its text. Throws `replay-invalid`. */
export function readRequest(value: JsonValue): BoundRequest {
  const members = membersOf(value, 'a request: {"method", "url", "headers"?, "body"?}');
  const { method, url, body } = members;
  if (typeof method !== 'string' || typeof url !== 'string') {
    throw invalid('The value has to be a request, with "method" and "url" as text.');
  }
  return {
    method: method.toUpperCase(),
    url,
    headers: readHeaders(members['headers']),
    ...(body !== undefined && body !== null && { body: readContent(body) }),
  };
}

/** The answer that a person wrote in the place of what a step made. Throws `replay-invalid`. */
export function readAnswer(value: JsonValue): OperationResult {
  const members = membersOf(value, 'an answer: {"statusCode", "headers"?, "body"?}');
  const { statusCode, body = null } = members;
  if (typeof statusCode !== 'number' || !Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
    throw invalid('The value has to be an answer, with "statusCode" from 200 to 599.');
  }
  return { statusCode, headers: readHeaders(members['headers']), body };
}

/** The same of an answer that has not been decoded yet. */
export function readRawAnswer(value: JsonValue): RawAnswer {
  const { statusCode, headers, body } = readAnswer(value);
  const content = body === null ? '' : readContent(body);
  return {
    status: statusCode,
    headers,
    bytes: typeof content === 'string' ? new TextEncoder().encode(content) : content,
  };
}

function readContent(body: JsonValue): string | Uint8Array {
  if (typeof body === 'string') return body;
  const isBytes = typeof body === 'object' && body !== null && !Array.isArray(body) && '$content' in body;
  const content = isBytes ? (body as JsonObject)['$content'] : undefined;
  return typeof content === 'string' ? Buffer.from(content, 'base64') : JSON.stringify(body);
}

function readHeaders(value: JsonValue | undefined): { readonly [name: string]: string } {
  const members = value === undefined || value === null ? {} : membersOf(value, 'headers by name');
  return Object.fromEntries(
    Object.entries(members).map(([name, text]) => {
      if (typeof text !== 'string') throw invalid(`The header ${name} of the value has to be text.`);
      return [name.toLowerCase(), text];
    }),
  );
}

function membersOf(value: JsonValue, expected: string): JsonObject {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as JsonObject;
  throw invalid(`The value has to be ${expected}.`);
}

function invalid(message: string): ConnectorError {
  return new ConnectorError('replay-invalid', message);
}
