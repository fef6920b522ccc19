import { type HttpActionResult, sendHttpAction } from '@patchbay/connector';
import type { SealedSecret, Vault } from '@patchbay/credential';
import type { JsonValue } from '@patchbay/definition';
import type { Egress } from '@patchbay/egress';
import { ExpressionError, parseJson, stringify, type Value } from '@patchbay/expression';
import {
  type HttpCall,
  type PollAnswer,
  type PollOptions,
  parseRetryAfterMs,
  type SubscribeAnswer,
  type SubscribeOptions,
  type TriggerCall,
  type UnsubscribeAnswer,
  type WatchContext,
} from '@patchbay/workflow';
import type { EnvironmentService } from './environment-service.ts';
import { isObject } from './flow-document.ts';
import { isGivenBack, notGivenBack, orFailure, refusal } from './watch-failure.ts';

/**
 * What is kept of a subscription at an address: the request that gives it back, sealed, since it may hold what authenticates; nothing where the
 * trigger names none; or why it cannot be told.
 */
export type HttpSubscription = {
  readonly kind: 'http';
  readonly unsubscribe?: SealedSecret;
  readonly problem?: string;
};

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
      return { kind: 'subscribed', state: await this.#stateOf(unsubscribe, answer, context) };
    });
  }

  unsubscribe({ unsubscribe, problem }: HttpSubscription, context: WatchContext): Promise<UnsubscribeAnswer> {
    return orFailure(async () => {
      if (problem !== undefined) {
        const error = { code: 'InvalidTemplate', message: problem };
        return { kind: 'failed', error, isRetryable: false };
      }
      if (unsubscribe === undefined) return { kind: 'unsubscribed' };
      const { call = '{}' } = await this.#vault.open(unsubscribe, sealOf(context));
      // Sealed by `subscribe`.
      const answer = await this.#send(parseJson(call) as unknown as HttpCall, context);
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

  async #stateOf(
    unsubscribe: ((answer: Value) => TriggerCall) | undefined,
    { statusCode, headers, body }: HttpActionResult,
    context: WatchContext,
  ): Promise<JsonValue> {
    if (unsubscribe === undefined) return { kind: 'http' };
    try {
      // A call is made of expression values.
      const call = unsubscribe({ statusCode, headers, body }) as unknown as Value;
      return { kind: 'http', unsubscribe: await this.#vault.seal({ call: stringify(call) }, sealOf(context)) };
    } catch (error) {
      if (!(error instanceof ExpressionError)) throw error;
      return { kind: 'http', problem: `What ends the subscription cannot be evaluated: ${error.message}` };
    }
  }

  async #send(call: HttpCall, { environmentId, timeoutMs, signal }: WatchContext): Promise<HttpActionResult> {
    return sendHttpAction(call, {
      egress: this.#egress,
      networkRules: await this.#environments.networkRules(environmentId),
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
  const { authentication: _authentication, ...anonymous } = next;
  return { ...anonymous, headers: {} };
}

function sealOf({ flowId, addressId = '' }: WatchContext): string {
  return `watch.unsubscribe.${flowId}.${addressId}`;
}
