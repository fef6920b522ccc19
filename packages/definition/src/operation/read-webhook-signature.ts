import type { JsonObject, JsonValue, WebhookSignature, WebhookSignatureRule } from '../model.ts';
import { isObject, member, ownPrefix, type Reading } from '../source/reading.ts';

/** Says on a trigger operation how its notifications are signed. */
export const signatureName = `${ownPrefix}webhook-signature`;

const algorithms: Readonly<Record<string, WebhookSignatureRule['algorithm']>> = {
  'hmac-sha1': 'sha1',
  'hmac-sha256': 'sha256',
  'hmac-sha384': 'sha384',
  'hmac-sha512': 'sha512',
};
const longestToleranceSeconds = 86_400;

/** Reads `x-patchbay-webhook-signature`. What cannot be read is reported and kept without a rule: nothing then passes for signed. */
export function readWebhookSignature(
  reading: Reading,
  operation: { readonly value: JsonObject; readonly pointer: string; readonly title: string },
): WebhookSignature | undefined {
  const source = member(operation.value, signatureName);
  if (source === undefined || source === null) return undefined;
  const rule = isObject(source) ? readRule(source) : 'it should be an object';
  if (typeof rule !== 'string') return { source, rule };
  reading.report('webhook-signature-not-valid', `${operation.pointer}/${signatureName}`, {
    operation: operation.title,
    problem: rule,
  });
  return { source };
}

/** Schemes that go by a name: what they say of a signature. */
const schemes: Readonly<Record<string, JsonObject>> = {
  // https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md
  'standard-webhooks': {
    header: 'webhook-signature',
    algorithm: 'hmac-sha256',
    encoding: 'base64',
    prefix: 'v1,',
    content: '{header.webhook-id}.{timestamp}.{body}',
    timestamp: { header: 'webhook-timestamp' },
    secretEncoding: 'base64',
    eventIdHeader: 'webhook-id',
  },
};

/** The rule, or why there is none; what is said wins over what the scheme says. */
function readRule(given: JsonObject): WebhookSignatureRule | string {
  const named = member(given, 'scheme');
  if (named === undefined || named === null) return readPlainRule(given);
  const scheme = typeof named === 'string' && Object.hasOwn(schemes, named) ? schemes[named] : undefined;
  if (scheme === undefined) return `"scheme" should be ${Object.keys(schemes).join(' or ')}, or be left out`;
  return readPlainRule({ ...scheme, ...given });
}

function readPlainRule(source: JsonObject): WebhookSignatureRule | string {
  const header = text(source, 'header');
  if (header === undefined) return '"header" should name the header field that holds the signature';
  const algorithm = algorithms[(text(source, 'algorithm') ?? 'hmac-sha256').toLowerCase()];
  if (algorithm === undefined) return `"algorithm" should be one of ${Object.keys(algorithms).join(', ')}`;
  const encoding = text(source, 'encoding') ?? 'hex';
  if (encoding !== 'hex' && encoding !== 'base64') return '"encoding" should be hex or base64';
  const secretEncoding = text(source, 'secretEncoding') ?? 'text';
  if (secretEncoding !== 'text' && secretEncoding !== 'base64') return '"secretEncoding" should be text or base64';
  const secret = readSecret(source);
  if (typeof secret === 'string') return secret;
  const timestamp = readTimestamp(member(source, 'timestamp'));
  if (typeof timestamp === 'string') return timestamp;
  const content = text(source, 'content') ?? '{body}';
  if (!content.includes('{body}')) return '"content" should hold {body}';
  if (content.includes('{timestamp}') && timestamp === undefined)
    return '"content" holds {timestamp}, and there is no "timestamp"';
  const field = text(source, 'field');
  const eventIdHeader = text(source, 'eventIdHeader');
  return {
    header,
    algorithm,
    encoding,
    secret,
    secretEncoding,
    content,
    prefix: text(source, 'prefix') ?? '',
    ...(field !== undefined && { field }),
    ...(timestamp !== undefined && { timestamp }),
    ...(eventIdHeader !== undefined && { eventIdHeader }),
  };
}

function readSecret(source: JsonObject): WebhookSignatureRule['secret'] | string {
  const named = [
    ['connectionParameter', text(source, 'secretParameter')],
    ['bodyProperty', text(source, 'secretProperty')],
    ['handshakeHeader', text(source, 'secretHeader')],
  ] as const;
  const given = named.flatMap(([kind, name]) => (name === undefined ? [] : [{ kind, name }]));
  const [only, another] = given;
  if (only !== undefined && another === undefined) return only;
  return 'one of "secretParameter" (a connection parameter), "secretProperty" (of the body that subscribes) and "secretHeader" (of a first request) should say where the secret is';
}

function readTimestamp(source: JsonValue | undefined): WebhookSignatureRule['timestamp'] | string {
  if (source === undefined || source === null) return undefined;
  const header = isObject(source) ? text(source, 'header') : undefined;
  const field = isObject(source) ? text(source, 'field') : undefined;
  if (!isObject(source) || (header === undefined) === (field === undefined)) {
    return '"timestamp" should have a "header", or a "field" of the signature’s header';
  }
  const tolerance = member(source, 'toleranceSeconds') ?? 300;
  if (typeof tolerance !== 'number' || tolerance <= 0 || tolerance > longestToleranceSeconds) {
    return `"toleranceSeconds" should be a number up to ${longestToleranceSeconds}`;
  }
  return {
    toleranceSeconds: tolerance,
    ...(header !== undefined && { header }),
    ...(field !== undefined && { field }),
  };
}

function text(source: JsonObject, name: string): string | undefined {
  const value = member(source, name);
  return typeof value === 'string' && value !== '' ? value : undefined;
}
