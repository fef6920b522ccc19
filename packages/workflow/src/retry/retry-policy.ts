import type { JsonValue } from '@patchbay/expression';
import { parseDurationMs } from '../plan/duration.ts';
import { asNumeric, isArray, member, textMember } from '../plan/json.ts';

/** When a failed call is made again. All times in milliseconds. */
export type RetryPolicy =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'fixed';
      readonly count: number;
      readonly intervalMs: number;
      readonly statusCodes: readonly number[];
    }
  | {
      readonly kind: 'exponential';
      readonly count: number;
      readonly intervalMs: number;
      readonly minimumMs: number;
      readonly maximumMs: number;
      readonly statusCodes: readonly number[];
    };

/** What applies when an action says nothing: four retries, growing from 7.5 s, between 5 and 45 s. */
export const defaultRetryPolicy: RetryPolicy = {
  kind: 'exponential',
  count: 4,
  intervalMs: 7_500,
  minimumMs: 5_000,
  maximumMs: 45_000,
  statusCodes: [],
};

const dayMs = 86_400_000;

/** Reads `retryPolicy`; `problem` says what is wrong with it, and the default applies then. */
export function readRetryPolicy(source: JsonValue | undefined): {
  readonly policy: RetryPolicy;
  readonly problem?: string;
} {
  if (source === undefined || source === null) return { policy: defaultRetryPolicy };
  const type = (textMember(source, 'type') ?? 'default').toLowerCase();
  if (type === 'none') return { policy: { kind: 'none' } };
  if (type === 'default') return { policy: defaultRetryPolicy };
  if (type !== 'fixed' && type !== 'exponential') {
    return {
      policy: defaultRetryPolicy,
      problem: `retry policy type "${type}" is not one of none, fixed, exponential and default`,
    };
  }
  const count = asNumeric(member(source, 'count') ?? 4);
  const intervalMs = parseDurationMs(textMember(source, 'interval') ?? 'PT7.5S');
  if (!Number.isInteger(count) || count < 1 || count > 90) {
    return { policy: defaultRetryPolicy, problem: 'the retry count must be a whole number from 1 to 90' };
  }
  if (intervalMs === undefined || intervalMs < 0 || intervalMs > dayMs) {
    return {
      policy: defaultRetryPolicy,
      problem: 'the retry interval must be a duration of at most one day, e.g. PT20S',
    };
  }
  const codes = member(source, 'httpStatusCodes');
  const statusCodes = isArray(codes) ? codes.map(asNumeric).filter(Number.isInteger) : [];
  if (type === 'fixed') return { policy: { kind: 'fixed', count, intervalMs, statusCodes } };
  const minimumMs = parseDurationMs(textMember(source, 'minimumInterval') ?? 'PT0S') ?? 0;
  const maximumMs = parseDurationMs(textMember(source, 'maximumInterval') ?? 'P1D') ?? dayMs;
  return { policy: { kind: 'exponential', count, intervalMs, minimumMs, maximumMs, statusCodes } };
}

/** Whether an answer of this status is worth another attempt: 408, 429 and 5xx, or what the policy lists. */
export function isRetryableStatus(policy: RetryPolicy, statusCode: number): boolean {
  if (policy.kind === 'none') return false;
  if (policy.statusCodes.length > 0) return policy.statusCodes.includes(statusCode);
  return statusCode === 408 || statusCode === 429 || statusCode >= 500;
}

/**
 * How long to wait before retry number `retry` (1-based), or `undefined` when there are no more. An exponential wait is uniform between
 * interval · 2^(retry-2) (0 for the first) and interval · 2^(retry-1), both held within the policy's bounds; a server's Retry-After
 * is a lower bound, held to one day.
 */
export function retryDelayMs(
  policy: RetryPolicy,
  retry: number,
  random: number,
  retryAfterMs: number | undefined,
): number | undefined {
  if (policy.kind === 'none' || retry > policy.count) return undefined;
  const asked = Math.min(retryAfterMs ?? 0, dayMs);
  if (policy.kind === 'fixed') return Math.max(policy.intervalMs, asked);
  const lowest = retry === 1 ? 0 : policy.intervalMs * 2 ** (retry - 2);
  const from = Math.min(Math.max(lowest, policy.minimumMs), policy.maximumMs);
  const to = Math.max(from, Math.min(policy.intervalMs * 2 ** (retry - 1), policy.maximumMs));
  return Math.max(Math.round(from + (to - from) * random), asked);
}

/** Retry-After (RFC 9110 §10.2.3) in milliseconds from now: seconds or an HTTP date. */
export function parseRetryAfterMs(header: string | undefined, nowMs: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\s*\d+\s*$/.test(header)) return Number(header) * 1_000;
  const dateMs = Date.parse(header);
  return Number.isNaN(dateMs) ? undefined : Math.max(0, dateMs - nowMs);
}
