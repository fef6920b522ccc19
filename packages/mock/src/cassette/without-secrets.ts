import { type Redactor, redactValue } from '@patchbay/credential';
import type { ConnectorModel, JsonValue } from '@patchbay/definition';
import { isJsonMediaType, type MockAnswer, type MockRequest, mediaTypeOf } from '../message.ts';
import type { Interaction, RecordedBody, RecordedRequest, RecordedResponse } from './cassette.ts';

/** Names whose values nobody wants to find in a file, wherever they stand. */
const secretNames =
  /^(.*[-_.])?(authorization|cookie|set-cookie|password|passwd|pwd|secret|client[-_]?secret|api[-_]?key|apikey|(access|refresh|id|session|security|csrf|xsrf)?[-_]?token|private[-_]?key|signature|sig|credentials?)$/i;

/** Of an answer's headers only these say something of what it holds; the others may carry anything. */
const transportHeaders =
  /^(connection|keep-alive|content-length|content-encoding|transfer-encoding|trailer|upgrade|date)$/i;

const hidden = '***';

/** Takes secrets out of what is recorded, and out of what is compared with it, in the same way. */
export type Cleaner = {
  readonly request: (request: MockRequest) => RecordedRequest;
  readonly response: (answer: MockAnswer) => RecordedResponse;
};

/**
 * `redact` hides the values that are known to be secret; members, fields and parameters with telling names are hidden besides. `redactBytes`
 * does the same to what is no text, given as Latin-1: a character for each byte.
 */
export function createCleaner(model: ConnectorModel, redact: Redactor, redactBytes: Redactor = redact): Cleaner {
  const keyNames = new Set(
    [...model.securitySchemes.values()].flatMap((scheme) =>
      scheme.kind === 'apiKey' ? [scheme.name.toLowerCase()] : [],
    ),
  );
  const isSecret = (name: string): boolean => secretNames.test(name) || keyNames.has(name.toLowerCase());
  const body = (contentType: string | undefined, bytes: Uint8Array | string): RecordedBody =>
    cleanBody(contentType, bytes, isSecret, { redact, redactBytes });
  return {
    // A key in the query is the connection's, which a replay does without: it is no part of what was asked.
    request: ({ method, path, query, headers, body: content }) => ({
      method,
      path: redact(path),
      query: sortedPairs(query, (name) => keyNames.has(name.toLowerCase()), isSecret, redact),
      ...body(headers['content-type'], content),
    }),
    response: ({ status, headers, body: content }) => ({
      status,
      headers: Object.fromEntries(
        Object.entries(headers)
          .filter(([name]) => !transportHeaders.test(name) && !isSecret(name))
          .map(([name, value]) => [name, redact(value)]),
      ),
      ...body(headers['content-type'], content),
    }),
  };
}

/** Whether two requests ask the same, as they were recorded. */
export function asksTheSame(left: RecordedRequest, { request: right }: Interaction): boolean {
  return (
    left.method === right.method &&
    left.path === right.path &&
    left.query === right.query &&
    left.bodyEncoding === right.bodyEncoding &&
    left.body === right.body
  );
}

function sortedPairs(
  query: string,
  isLeftOut: (name: string) => boolean,
  isSecret: (name: string) => boolean,
  redact: Redactor,
): string {
  const pairs = new URLSearchParams(
    [...new URLSearchParams(query)]
      .filter(([name]) => !isLeftOut(name))
      .map(([name, value]): [string, string] => [name, isSecret(name) ? hidden : redact(value)]),
  );
  pairs.sort();
  return pairs.toString();
}

function cleanBody(
  contentType: string | undefined,
  bytes: Uint8Array | string,
  isSecret: (name: string) => boolean,
  { redact, redactBytes }: { readonly redact: Redactor; readonly redactBytes: Redactor },
): RecordedBody {
  const text = typeof bytes === 'string' ? bytes : decode(bytes);
  if (text === undefined) {
    const cleaned = redactBytes(Buffer.from(bytes as Uint8Array).toString('latin1'));
    return { body: Buffer.from(cleaned, 'latin1').toString('base64'), bodyEncoding: 'base64' };
  }
  return { body: cleanText(mediaTypeOf(contentType), text, isSecret, redact), bodyEncoding: 'utf8' };
}

function cleanText(mediaType: string, text: string, isSecret: (name: string) => boolean, redact: Redactor): string {
  if (mediaType === 'application/x-www-form-urlencoded') return sortedPairs(text, () => false, isSecret, redact);
  const value = isJsonMediaType(mediaType) ? parse(text) : undefined;
  if (value === undefined) return redact(text);
  const cleaned = JSON.stringify(redactValue(hideMembers(value, isSecret), redact));
  // Numbers that a reading would change, and the spelling of everything else, are kept where nothing is hidden.
  return cleaned === JSON.stringify(value) ? text : cleaned;
}

function hideMembers(value: JsonValue, isSecret: (name: string) => boolean): JsonValue {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((one: JsonValue) => hideMembers(one, isSecret));
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      isSecret(name) && member !== null ? hidden : hideMembers(member as JsonValue, isSecret),
    ]),
  );
}

function parse(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
