import {
  type CallOptions,
  type PollState,
  pollTrigger,
  type SubscriptionState,
  subscribeTrigger,
  type TriggerAnswer,
  unsubscribeTrigger,
} from '@patchbay/connector';
import type { JsonValue } from '@patchbay/definition';
import {
  type InvokedConnection,
  type PollAnswer,
  parseRetryAfterMs,
  reasonName,
  type SubscribeAnswer,
  type TriggerCall,
  type TriggerSource,
  type UnsubscribeAnswer,
  type WatchContext,
  type WatchFailure,
} from '@patchbay/workflow';
import type { ConnectionService, OpenConnection } from './connection-service.ts';
import { openFlowConnection } from './flow-connection.ts';
import { toInvocationError } from './invocation-failure.ts';
import type { NotificationAddresses } from './notification-addresses.ts';

/** Asks APIs for events through connections. */
export class ConnectorTriggerSource implements TriggerSource {
  readonly #connections: ConnectionService;
  readonly #addresses: NotificationAddresses;
  readonly #callTimeoutMs: number;

  constructor(options: {
    readonly connections: ConnectionService;
    readonly addresses: NotificationAddresses;
    readonly callTimeoutMs: number;
  }) {
    this.#connections = options.connections;
    this.#addresses = options.addresses;
    this.#callTimeoutMs = options.callTimeoutMs;
  }

  callbackUrl(flowId: string, addressId: string): Promise<string> {
    return this.#addresses.create(flowId, addressId);
  }

  subscribe(
    call: TriggerCall,
    { callbackUrl, isLinked }: { readonly callbackUrl: string; readonly isLinked: boolean },
    context: WatchContext,
  ): Promise<SubscribeAnswer> {
    return orFailure(async () => {
      const { connector, options } = await this.#open(call.connection, context);
      const secret = await this.#addresses.secretFor(context.flowId, context.addressId ?? '');
      const { answer, state } = await subscribeTrigger(connector, call, { callbackUrl, secret, isLinked }, options);
      if (answer.statusCode >= 300) return refusal(answer, 'The API refused the subscription');
      return { kind: 'subscribed', state: state as JsonValue };
    });
  }

  unsubscribe(connection: InvokedConnection, state: JsonValue, context: WatchContext): Promise<UnsubscribeAnswer> {
    return orFailure(async () => {
      await this.#addresses.forget(context.addressId ?? '');
      const { connector, options } = await this.#open(connection, context);
      // Written by `subscribe`.
      const answer = await unsubscribeTrigger(connector, (state ?? {}) as SubscriptionState, options);
      const isGone = answer === undefined || answer.statusCode < 300 || [404, 410].includes(answer.statusCode);
      if (isGone) return { kind: 'unsubscribed' };
      const refused = refusal(answer, 'The API did not end the subscription');
      // A connection that the API does not take at the moment may be mended.
      return { ...refused, isRetryable: refused.isRetryable || [401, 403].includes(answer.statusCode) };
    });
  }

  poll(call: TriggerCall, state: JsonValue, context: WatchContext): Promise<PollAnswer> {
    return orFailure(async () => {
      const { connector, model, options } = await this.#open(call.connection, context);
      // Written by the poll before, or by a person whose edit was checked.
      const polled = await pollTrigger(connector, model, call, state as PollState | null, options);
      if (polled.kind === 'refused') return refusal(polled.answer, 'The API refused the poll');
      const retryAfterMs = parseRetryAfterMs(polled.retryAfter, Date.now());
      return {
        kind: 'polled',
        state: polled.state as JsonValue,
        ...(polled.outputs !== undefined && { outputs: polled.outputs }),
        ...(retryAfterMs !== undefined && { retryAfterMs }),
      };
    });
  }

  async #open(
    connection: InvokedConnection,
    { environmentId, timeoutMs, signal }: WatchContext,
  ): Promise<OpenConnection & { readonly options: CallOptions }> {
    const open = await openFlowConnection(this.#connections, connection, environmentId);
    return { ...open, options: { ...open.options, signal, timeoutMs: Math.min(timeoutMs, this.#callTimeoutMs) } };
  }
}

async function orFailure<Answer>(ask: () => Promise<Answer>): Promise<Answer | WatchFailure> {
  try {
    return await ask();
  } catch (error) {
    const { code, message, retryable } = toInvocationError(error);
    return { kind: 'failed', error: { code, message }, isRetryable: retryable };
  }
}

const longestExcerpt = 300;

function refusal({ statusCode, headers, body }: TriggerAnswer, what: string): WatchFailure {
  const retryAfterMs = parseRetryAfterMs(headers['retry-after'], Date.now());
  const code = reasonName(statusCode);
  const said = typeof body === 'string' ? body : JSON.stringify(body);
  const excerpt = body === null ? '' : `: ${said.length > longestExcerpt ? `${said.slice(0, longestExcerpt)}…` : said}`;
  return {
    kind: 'failed',
    error: { code, message: `${what} with ${statusCode} (${code})${excerpt}` },
    isRetryable: statusCode === 408 || statusCode === 429 || statusCode >= 500,
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}
