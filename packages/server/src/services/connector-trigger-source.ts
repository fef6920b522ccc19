import {
  type CallOptions,
  type PollState,
  pollTrigger,
  type SubscriptionState,
  sendTriggerRequest,
  subscribeTrigger,
  unsubscribeTrigger,
} from '@patchbay/connector';
import type { Vault } from '@patchbay/credential';
import type { JsonValue } from '@patchbay/definition';
import {
  type ConnectionCall,
  type InvokedConnection,
  type PollAnswer,
  type PollOptions,
  parseRetryAfterMs,
  type SubscribeAnswer,
  type SubscribeOptions,
  type UnsubscribeAnswer,
  type WatchContext,
} from '@patchbay/workflow';
import type { OpenConnection } from './connection-calls.ts';
import type { ConnectionService } from './connection-service.ts';
import { openFlowConnection } from './flow-connection.ts';
import type { NotificationAddresses } from './notification-addresses.ts';
import { openEnding, type StatedEnding, sealEnding } from './stated-ending.ts';
import { isGivenBack, notGivenBack, orFailure, refusal } from './watch-failure.ts';

/** What is kept of a subscription through a connection. */
type ConnectorSubscription = SubscriptionState & StatedEnding;

/** Asks APIs for events through connections. */
export class ConnectorTriggerSource {
  readonly #connections: ConnectionService;
  readonly #addresses: NotificationAddresses;
  readonly #vault: Vault;
  readonly #callTimeoutMs: number;

  constructor(options: {
    readonly connections: ConnectionService;
    readonly addresses: NotificationAddresses;
    readonly vault: Vault;
    readonly callTimeoutMs: number;
  }) {
    this.#connections = options.connections;
    this.#addresses = options.addresses;
    this.#vault = options.vault;
    this.#callTimeoutMs = options.callTimeoutMs;
  }

  subscribe(
    call: ConnectionCall,
    { callbackUrl, isLinked, unsubscribe }: SubscribeOptions,
    context: WatchContext,
  ): Promise<SubscribeAnswer> {
    return orFailure(async () => {
      const { connector, options } = await this.#open(call.connection, context);
      const secret = await this.#addresses.secretFor(context.flowId, context.addressId ?? '');
      const subscribed = await subscribeTrigger(connector, call, { callbackUrl, secret, isLinked }, options);
      const { answer, state, renewAtMs } = subscribed;
      if (answer.statusCode >= 300) return refusal(answer, 'The API refused the subscription');
      const kept: ConnectorSubscription = {
        ...state,
        ...(await sealEnding(this.#vault, unsubscribe, answer, context)),
      };
      return { kind: 'subscribed', state: kept as JsonValue, ...(renewAtMs !== undefined && { renewAtMs }) };
    });
  }

  unsubscribe(connection: InvokedConnection, state: JsonValue, context: WatchContext): Promise<UnsubscribeAnswer> {
    return orFailure(async () => {
      await this.#addresses.forget(context.addressId ?? '');
      const { connector, options } = await this.#open(connection, context);
      // Written by `subscribe`.
      const kept = (state ?? {}) as ConnectorSubscription;
      const ending = await openEnding(this.#vault, kept, context);
      if (ending?.kind === 'failed') return ending;
      if (ending?.kind === 'http') throw new TypeError('a trigger of a connector asks through its connection');
      const answer =
        ending === undefined
          ? await unsubscribeTrigger(connector, kept, options)
          : await sendTriggerRequest(connector, ending, options);
      if (answer === undefined || isGivenBack(answer.statusCode)) return { kind: 'unsubscribed' };
      return notGivenBack(answer);
    });
  }

  poll(
    call: ConnectionCall,
    state: JsonValue,
    context: WatchContext,
    { takesAnyStatus }: PollOptions = { takesAnyStatus: false },
  ): Promise<PollAnswer> {
    return orFailure(async () => {
      const { connector, model, options } = await this.#open(call.connection, context);
      // Written by the poll before, or by a person whose edit was checked.
      const polled = await pollTrigger(connector, model, call, state as PollState | null, options);
      if (polled.kind === 'refused') {
        const { answer } = polled;
        if (!takesAnyStatus) return refusal(answer, 'The API refused the poll');
        return { kind: 'polled', state, outputs: answer };
      }
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
