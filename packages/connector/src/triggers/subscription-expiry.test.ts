import type { JsonValue, SubscriptionExpiry } from '@patchbay/definition';
import { expect, it } from 'vitest';
import { renewalTime } from './subscription-expiry.ts';

const nowMs = Date.UTC(2026, 0, 1);
const hourMs = 3_600_000;
/** A tenth of the time is left. */
const afterTenHours = nowMs + 9 * hourMs;
const end = new Date(nowMs + 10 * hourMs).toISOString();

it.each<readonly [string, SubscriptionExpiry | undefined, JsonValue, number | undefined]>([
  ['a date of Microsoft Graph', undefined, { expirationDateTime: end }, afterTenHours],
  ['milliseconds of a Google channel', undefined, { expiration: String(nowMs + 10 * hourMs) }, afterTenHours],
  ['a date in the past that nobody named', undefined, { expiration: '2020-01-01T00:00:00Z' }, undefined],
  ['nothing', undefined, { id: 7 }, undefined],
  ['a property', { kind: 'property', name: 'data.ends' }, { data: { ends: end } }, afterTenHours],
  ['seconds since the epoch', { kind: 'property', name: 'at' }, { at: nowMs / 1000 + 36_000 }, afterTenHours],
  ['a span', { kind: 'property', name: 'lease_seconds' }, { lease_seconds: 36_000 }, afterTenHours],
  ['a header', { kind: 'header', name: 'X-Expires' }, null, afterTenHours],
  ['a fixed span', { kind: 'seconds', seconds: 36_000 }, null, afterTenHours],
  ['a property that is not there', { kind: 'property', name: 'ends' }, { expirationDateTime: end }, undefined],
  ['a year, a day before its end', { kind: 'seconds', seconds: 365 * 86_400 }, null, nowMs + 364 * 86_400_000],
  ['one that ends at once, in a moment', { kind: 'property', name: 'ends' }, { ends: nowMs }, nowMs + 54_000],
  ['no time at all', { kind: 'property', name: 'ends' }, { ends: 'soon' }, undefined],
])('knows when to renew by %s', (_name, expiry, body, expected) => {
  expect(renewalTime(expiry, { headers: { 'x-expires': end }, body }, nowMs)).toBe(expected);
});
