import { type JsonValue, parseSubPath, type SubscriptionExpiry } from '@patchbay/definition';
import { readAt } from '../policies/property-path.ts';
import type { TriggerAnswer } from './trigger-request.ts';

/** Where services say it that nobody has to name: Microsoft Graph, and push channels of Google's APIs. */
const usualProperties = ['expirationDateTime', 'expiration'];

/** Below this a number is a span in seconds, not a time. */
const earliestTimeSeconds = 1_000_000_000;

/** A subscription is renewed when a tenth of its time is left, and this long before its end at the latest. */
const latestLeadMs = 86_400_000;
const shortestLifeMs = 60_000;

/**
 * When to renew a subscription, in milliseconds since the epoch, by what the API answered: a date, seconds or milliseconds since the epoch, or
 * a number of seconds. `undefined`: it does not end.
 */
export function renewalTime(
  expiry: SubscriptionExpiry | undefined,
  answer: Pick<TriggerAnswer, 'headers' | 'body'>,
  nowMs: number,
): number | undefined {
  const endMs = endOf(expiry, answer, nowMs);
  if (endMs === undefined) return undefined;
  const lifeMs = Math.max(endMs - nowMs, shortestLifeMs);
  return nowMs + lifeMs - Math.min(lifeMs / 10, latestLeadMs);
}

function endOf(
  expiry: SubscriptionExpiry | undefined,
  { headers, body }: Pick<TriggerAnswer, 'headers' | 'body'>,
  nowMs: number,
): number | undefined {
  switch (expiry?.kind) {
    case 'seconds':
      return nowMs + expiry.seconds * 1000;
    case 'header':
      return timeOf(headers[expiry.name.toLowerCase()], nowMs);
    case 'property':
      return timeOf(readAt(body, parseSubPath(expiry.name) ?? []), nowMs);
    case undefined: {
      // Nobody said that it is a time: only one that lies ahead is taken for it.
      const ends = usualProperties.flatMap((name) => timeOf(readAt(body, [name]), nowMs) ?? []);
      return ends.find((endMs) => endMs > nowMs);
    }
  }
}

function timeOf(value: JsonValue | undefined, nowMs: number): number | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined;
  const number = Number(value);
  if (String(value).trim() === '' || !Number.isFinite(number)) {
    const dateMs = Date.parse(String(value));
    return Number.isNaN(dateMs) ? undefined : dateMs;
  }
  if (number < earliestTimeSeconds) return number > 0 ? nowMs + number * 1000 : undefined;
  return number < earliestTimeSeconds * 1000 ? number * 1000 : number;
}
