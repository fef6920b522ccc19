import { type HttpActionResult, sendHttpAction } from '@patchbay/connector';
import { ClientTokens, type Vault } from '@patchbay/credential';
import type { JsonValue } from '@patchbay/definition';
import type { Egress } from '@patchbay/egress';
import {
  type HttpCall,
  type PollAnswer,
  type PollOptions,
  parseRetryAfterMs,
  type SubscribeAnswer,
  type SubscribeOptions,
  type UnsubscribeAnswer,
  type WatchContext,
} from '@patchbay/workflow';
import type { EnvironmentService } from './environment-service.ts';
import { isObject } from './flow-document.ts';
import { openEnding, type StatedEnding, sealEnding } from './stated-ending.ts';
import { isGivenBack, notGivenBack, orFailure, refusal } from './watch-failure.ts';

/** What is kept of a subscription at an address. */
export type HttpSubscription = StatedEnding & { readonly kind: 'http' };

/** Whether a watch's state is one of {@link HttpTriggerSource.subscribe}. */
export function isHttpSubscription(state: JsonValue): state is HttpSubscription {
  return isObject(state) && state['kind'] === 'http';
}

/** Asks addresses that flows name themselves, as their Http actions do. */
export class HttpTriggerSource {
  readonly #egress: Egress;
  readonly #environments: EnvironmentService;
  readonly #vault: Vault;
  readonly #callTimeoutMs: number;
  readonly #tokens = new ClientTokens();

  constructor(options: {
    readonly egress: Egress;
    readonly environments: EnvironmentService;
    readonly vault: Vault;
    readonly callTimeoutMs: number;
  }) {
    this.#egress = options.egress;
    this.#environments = options.environments;
    this.#vault = options.vault;
    this.#callTimeoutMs = options.callTimeoutMs;
  }

  subscribe(call: HttpCall, { unsubscribe }: SubscribeOptions, context: WatchContext): Promise<SubscribeAnswer> {
    return orFailure(async () => {
      const answer = await this.#send(call, context);
      if (answer.statusCode >= 300) return refusal(answer, 'The address refused the subscription');
      const ending = await sealEnding(this.#vault, unsubscribe, answer, context);
      return { kind: 'subscribed', state: { kind: 'http', ...ending } };
    });
  }

  unsubscribe(ending: HttpSubscription, context: WatchContext): Promise<UnsubscribeAnswer> {
    return orFailure(async () => {
      const call = await openEnding(this.#vault, ending, context);
      if (call === undefined) return { kind: 'unsubscribed' };
      if (call.kind === 'failed') return call;
      if (call.kind !== 'http') throw new TypeError('a trigger at an address asks through no connection');
      const answer = await this.#send(call, context);
      return isGivenBack(answer.statusCode) ? { kind: 'unsubscribed' } : notGivenBack(answer);
    });
  }

  /** 200 is news, 202 and what else is no error is none; `Location` says where to ask next and `Retry-After` when. */
  poll(
    call: HttpCall,
    state: JsonValue,
    context: WatchContext,
    { takesAnyStatus }: PollOptions = { takesAnyStatus: false },
  ): Promise<PollAnswer> {
    return orFailure(async () => {
      const request = locate(call, state);
      const answer = await this.#send(request, context);
      const { statusCode, headers, body } = answer;
      if (statusCode >= 400 && !takesAnyStatus) return refusal(answer, 'The address refused the poll');
      const retryAfterMs = parseRetryAfterMs(headers['retry-after'], Date.now());
      const location = headers['location'];
      return {
        kind: 'polled',
        state: location === undefined ? {} : { location: URL.parse(location, request.uri)?.href ?? location },
        ...((takesAnyStatus || statusCode === 200) && { outputs: { statusCode, headers, body } }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      };
    });
  }

  async #send(call: HttpCall, { environmentId, timeoutMs, signal }: WatchContext): Promise<HttpActionResult> {
    return sendHttpAction(call, {
      egress: this.#egress,
      networkRules: await this.#environments.networkRules(environmentId),
      tokens: this.#tokens,
      timeoutMs: Math.min(timeoutMs, this.#callTimeoutMs),
      signal,
    });
  }
}

/** Where the last answer said to ask next. Nothing that speaks for the flow goes to another origin. */
function locate(call: HttpCall, state: JsonValue): HttpCall {
  const location = isObject(state) ? state['location'] : undefined;
  const url = typeof location === 'string' ? URL.parse(location) : null;
  if (url === null) return call;
  const next = { ...call, uri: url.href, queries: {} };
  if (url.origin === URL.parse(call.uri)?.origin) return next;
  const { authentication: _authentication, cookie: _cookie, ...anonymous } = next;
  return { ...anonymous, headers: {} };
}
