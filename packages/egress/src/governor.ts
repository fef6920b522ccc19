import type { Egress, EgressRequest, EgressResponse, NetworkRules } from './contract.ts';
import { EgressError } from './errors.ts';
import { Lane } from './lane.ts';
import { retryAfterMs } from './retry-after.ts';

/** How much may go out on one connection. */
export type ConnectionLimits = {
  /** Requests in a minute, evenly refilled; 0: as many as come. */
  readonly requestsPerMinute: number;
  /** Requests under way at a time; 0: as many as come. */
  readonly concurrentRequests: number;
  /** The longest that a request is held back, by all of this together. */
  readonly maxWaitMs: number;
  /** The longest that a request may take; the way out's own limit when absent. */
  readonly timeoutMs?: number;
  /**
   * Repeats of refused requests, in percent of requests: an API that refuses everything is not asked twice as often. 0: none; 20 when
   * absent.
   */
  readonly retryBudgetPercent?: number;
};

export type GovernorClock = {
  readonly nowMs: () => number;
  /** Calls back once after a time; answers how not to. */
  readonly after: (ms: number, callback: () => void) => () => void;
};

const defaultRetryBudgetPercent = 20;
/** So many repeats are saved up. */
const repeatReserve = 10;
const maxLanes = 10_000;
/** What an API that says "too many" without saying how long is given. */
const defaultPauseMs = 1000;

/**
 * Slows callers of a connection down instead of letting them fail: keeps to the connection's limits, and where the API answers 429, or
 * 503 with `Retry-After` (RFC 9110 §10.2.3), holds everybody on the connection back for as long as it says and repeats what can be
 * repeated. What would have to wait longer than it may is answered as the API did, or fails with `rate-limited`.
 */
export class Governor {
  readonly #clock: GovernorClock;
  readonly #lanes = new Map<string, Lane>();

  constructor(clock: GovernorClock = systemClock) {
    this.#clock = clock;
  }

  /** The way out for one connection. `limitsOf` is asked for each request, so that a change counts at once. */
  govern(egress: Egress, connection: string, limitsOf: () => ConnectionLimits): Egress {
    return {
      send: (request, rules) => this.#send(egress, connection, limitsOf(), request, rules),
      close: () => egress.close(),
    };
  }

  async #send(
    egress: Egress,
    connection: string,
    limits: ConnectionLimits,
    given: EgressRequest,
    rules: NetworkRules,
  ): Promise<EgressResponse> {
    const lane = this.#laneOf(connection);
    const request = within(limits.timeoutMs, given);
    const untilMs = this.#clock.nowMs() + Math.min(limits.maxWaitMs, request.timeoutMs ?? Number.POSITIVE_INFINITY);
    const { retryBudgetPercent = defaultRetryBudgetPercent } = limits;
    lane.repeats = Math.min(repeatReserve, lane.repeats + retryBudgetPercent / 100);
    for (;;) {
      if (!lane.tryEnter(limits)) await this.#enter(lane, limits, untilMs, request);
      const response = await sendAndLeave(egress, request, rules, lane);
      const pauseMs = refusalMs(response);
      if (pauseMs === undefined) return response;
      lane.pauseUntil(this.#clock.nowMs() + pauseMs);
      const isAffordable = retryBudgetPercent > 0 && lane.repeats >= 1;
      const mayRepeat = isAffordable && isRepeatable(request) && this.#clock.nowMs() + pauseMs <= untilMs;
      if (!mayRepeat) return response;
      lane.repeats -= 1;
      await response.discard();
    }
  }

  async #enter(lane: Lane, limits: ConnectionLimits, untilMs: number, { url, signal }: EgressRequest): Promise<void> {
    if (await lane.enter(limits, untilMs, signal)) return;
    throw new EgressError(
      'rate-limited',
      `The request to ${hostOf(url)} would have to wait for more than ${Math.round(limits.maxWaitMs / 1000)} s: the connection is at its limit of ${limits.requestsPerMinute} requests a minute, or the API asked for a pause. Try again later, or raise the environment's limits.`,
      { host: hostOf(url) },
    );
  }

  #laneOf(connection: string): Lane {
    const known = this.#lanes.get(connection);
    if (known !== undefined) return known;
    if (this.#lanes.size >= maxLanes) {
      for (const [name, lane] of this.#lanes) if (lane.isIdle()) this.#lanes.delete(name);
    }
    const lane = new Lane(this.#clock, repeatReserve);
    this.#lanes.set(connection, lane);
    return lane;
  }
}

function within(timeoutMs: number | undefined, request: EgressRequest): EgressRequest {
  if (timeoutMs === undefined || (request.timeoutMs !== undefined && request.timeoutMs <= timeoutMs)) return request;
  return { ...request, timeoutMs };
}

async function sendAndLeave(
  egress: Egress,
  request: EgressRequest,
  rules: NetworkRules,
  lane: Lane,
): Promise<EgressResponse> {
  try {
    return await egress.send(request, rules);
  } finally {
    lane.leave();
  }
}

/** How long an answer asks to be left alone, or undefined when it does not. */
function refusalMs({ status, headers }: EgressResponse): number | undefined {
  const asked = retryAfterMs(headers['retry-after']);
  if (status === 429) return asked ?? defaultPauseMs;
  return status === 503 ? asked : undefined;
}

/** A refused request had no effect, so any may be repeated whose body is still there. */
function isRepeatable({ body }: EgressRequest): boolean {
  return body === undefined || typeof body === 'string' || body instanceof Uint8Array;
}

function hostOf(url: string): string {
  return URL.parse(url)?.host ?? 'the API';
}

const systemClock: GovernorClock = {
  nowMs: () => performance.now(),
  after: (ms, callback) => {
    // Timers hold 32 bits: a longer one would end at once.
    const timer = setTimeout(callback, Math.min(ms, 2_147_483_647));
    return () => clearTimeout(timer);
  },
};
