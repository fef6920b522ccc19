import type { JsonValue } from '@patchbay/definition';
import { isObject } from '../policies/property-path.ts';
import type { RawNotification } from './verify-notification.ts';

/** How a service is shown that its notifications are wanted at an address. */
export type HandshakeAnswer = {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  /** A secret that the service gave for what it will send. */
  readonly secret?: string;
};

type Tried = {
  readonly notification: RawNotification;
  readonly query: URLSearchParams;
  readonly body: () => JsonValue;
  readonly secretHeader: string;
};

type Handshake = (tried: Tried) => HandshakeAnswer | undefined;

/** Longer challenges are none. */
const longest = 4096;

/** Answers a service that tries an address before it sends events there; `undefined`: it is an event. */
export function answerHandshake(
  notification: RawNotification,
  body: () => JsonValue,
  secretHeader = 'x-hook-secret',
): HandshakeAnswer | undefined {
  const query = URL.parse(notification.url)?.searchParams ?? new URLSearchParams();
  for (const handshake of handshakes) {
    const answer = handshake({ notification, query, body, secretHeader: secretHeader.toLowerCase() });
    if (answer !== undefined) return answer;
  }
  return undefined;
}

/** Microsoft Graph: `POST ?validationToken=…`, echoed as text. */
const validationToken: Handshake = ({ notification: { method }, query }) =>
  method === 'POST' || method === 'GET' ? echo(query.get('validationToken')) : undefined;

/** Dropbox: `GET ?challenge=…`; WebSub and Meta: `GET ?hub.mode=…&hub.challenge=…`, echoed as text. */
const queryChallenge: Handshake = ({ notification: { method }, query }) =>
  method === 'GET' ? (echo(query.get('hub.challenge')) ?? echo(query.get('challenge'))) : undefined;

/** Azure Event Grid: a SubscriptionValidationEvent, whose code is answered. */
const eventGrid: Handshake = ({ notification: { method, headers }, body }) => {
  if (method !== 'POST' || headers['aeg-event-type']?.toLowerCase() !== 'subscriptionvalidation') return undefined;
  const events = body();
  const event = Array.isArray(events) ? (events[0] as JsonValue | undefined) : events;
  const data = isObject(event) ? event['data'] : undefined;
  const code = isObject(data) ? data['validationCode'] : undefined;
  return isChallenge(code) ? answerJson({ validationResponse: code }) : undefined;
};

/** CloudEvents 1.0, HTTP webhooks §4: OPTIONS with WebHook-Request-Origin. */
const cloudEvents: Handshake = ({ notification: { method, headers } }) => {
  const origin = headers['webhook-request-origin'];
  if (method !== 'OPTIONS' || origin === undefined) return undefined;
  const rate = headers['webhook-request-rate'];
  return {
    status: 200,
    headers: { 'webhook-allowed-origin': origin, ...(rate !== undefined && { 'webhook-allowed-rate': rate }) },
  };
};

/** Slack and others: a body that is a challenge and nothing else. */
const bodyChallenge: Handshake = ({ notification: { method, headers }, body }) => {
  if (method !== 'POST' || !/json/i.test(headers['content-type'] ?? '')) return undefined;
  const value = body();
  if (!isObject(value) || !isChallenge(value['challenge'])) return undefined;
  const isOnlyThat = Object.keys(value).every((name) => ['challenge', 'token', 'type'].includes(name));
  return isOnlyThat ? answerJson({ challenge: value['challenge'] }) : undefined;
};

/** Asana and others: a first request with X-Hook-Secret, answered with the same. */
const hookSecret: Handshake = ({ notification: { method, headers }, secretHeader }) => {
  const secret = headers[secretHeader];
  if (method !== 'POST' || !isChallenge(secret)) return undefined;
  return { status: 200, headers: { [secretHeader]: secret }, secret };
};

const handshakes: readonly Handshake[] = [
  validationToken,
  queryChallenge,
  eventGrid,
  cloudEvents,
  bodyChallenge,
  hookSecret,
];

function echo(challenge: string | null): HandshakeAnswer | undefined {
  if (!isChallenge(challenge)) return undefined;
  return { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' }, body: challenge };
}

function answerJson(value: JsonValue): HandshakeAnswer {
  return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify(value) };
}

function isChallenge(value: JsonValue | undefined): value is string {
  return typeof value === 'string' && value !== '' && value.length <= longest;
}
