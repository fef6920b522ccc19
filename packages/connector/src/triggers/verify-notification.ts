import { createHmac, timingSafeEqual } from 'node:crypto';
import type { WebhookSignatureRule } from '@patchbay/definition';

/** A notification as it came. */
export type RawNotification = {
  readonly method: string;
  /** The address that was called, whole. */
  readonly url: string;
  /** Lower-case names. */
  readonly headers: { readonly [name: string]: string };
  readonly body: Uint8Array;
};

/** However many signatures a header holds (keys that are being replaced), so many are tried. */
const mostSignatures = 10;

/** Whether a notification is signed as its trigger says, with a secret, and not too long ago. Signatures are compared in constant time. */
export function isSignedNotification(
  rule: WebhookSignatureRule,
  secret: string,
  notification: RawNotification,
  nowMs: number,
): boolean {
  const header = headerOf(notification, rule.header);
  if (header === undefined || secretKey(rule, secret).length === 0) return false;
  const timestamp = rule.timestamp === undefined ? undefined : timestampOf(rule.timestamp, header, notification);
  if (rule.timestamp !== undefined) {
    const atMs = timestamp === undefined ? Number.NaN : timeOf(timestamp);
    if (!(Math.abs(nowMs - atMs) <= rule.timestamp.toleranceSeconds * 1000)) return false;
  }
  const expected = createHmac(rule.algorithm, secretKey(rule, secret))
    .update(signedContent(rule.content, timestamp ?? '', notification))
    .digest();
  return signaturesIn(rule, header).some((given) => {
    const bytes = decode(given, rule.encoding);
    return bytes !== undefined && bytes.length === expected.length && timingSafeEqual(bytes, expected);
  });
}

/** The bytes that signatures are made with. */
export function secretKey({ secretEncoding }: WebhookSignatureRule, secret: string): Buffer {
  return secretEncoding === 'base64' ? Buffer.from(secret.replace(/^whsec_/, ''), 'base64') : Buffer.from(secret);
}

function signaturesIn(rule: WebhookSignatureRule, header: string): readonly string[] {
  const { field, prefix } = rule;
  const separator = prefix.includes(',') ? /\s+/ : /[,\s]+/;
  const parts = field === undefined ? header.split(separator) : fieldsOf(header, field);
  return parts.flatMap((part) => (part.startsWith(prefix) ? [part.slice(prefix.length)] : [])).slice(0, mostSignatures);
}

/** The values of one name in `t=…,v1=…,v1=…`. */
function fieldsOf(header: string, name: string): readonly string[] {
  return header.split(/[,;]/).flatMap((pair) => {
    const mark = pair.indexOf('=');
    return mark > 0 && pair.slice(0, mark).trim() === name ? [pair.slice(mark + 1).trim()] : [];
  });
}

function timestampOf(
  timestamp: NonNullable<WebhookSignatureRule['timestamp']>,
  header: string,
  notification: RawNotification,
): string | undefined {
  return timestamp.field === undefined
    ? headerOf(notification, timestamp.header ?? '')
    : fieldsOf(header, timestamp.field)[0];
}

/** Seconds or milliseconds since the epoch, or a date. */
function timeOf(text: string): number {
  if (/^\d{13,}$/.test(text)) return Number(text);
  return /^\d+(?:\.\d+)?$/.test(text) ? Number(text) * 1000 : Date.parse(text);
}

/** What is signed, the body byte for byte. */
function signedContent(template: string, timestamp: string, notification: RawNotification): Buffer {
  const pieces = template.split(/(\{[^{}]+\})/).map((piece): string | Uint8Array => {
    switch (piece) {
      case '{body}':
        return notification.body;
      case '{timestamp}':
        return timestamp;
      case '{url}':
        return notification.url;
      case '{method}':
        return notification.method;
      default:
        return piece.startsWith('{header.') ? (headerOf(notification, piece.slice(8, -1)) ?? '') : piece;
    }
  });
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

function headerOf({ headers }: RawNotification, name: string): string | undefined {
  const key = name.toLowerCase();
  return Object.hasOwn(headers, key) ? headers[key] : undefined;
}

function decode(text: string, encoding: 'hex' | 'base64'): Buffer | undefined {
  if (encoding === 'hex') return /^(?:[0-9a-f]{2})+$/i.test(text) ? Buffer.from(text, 'hex') : undefined;
  return /^[\w+/-]+={0,2}$/.test(text) ? Buffer.from(text, 'base64') : undefined;
}
