import type { JsonValue } from '@patchbay/definition';
import type {
  InvokedConnection,
  PollAnswer,
  PollOptions,
  SubscribeAnswer,
  SubscribeOptions,
  TriggerCall,
  TriggerSource,
  UnsubscribeAnswer,
  WatchContext,
} from '@patchbay/workflow';
import type { ConnectorTriggerSource } from './connector-trigger-source.ts';
import { type HttpTriggerSource, isHttpSubscription } from './http-trigger-source.ts';
import type { NotificationAddresses } from './notification-addresses.ts';

/** Asks for events: APIs through connections, and addresses that flows name themselves. */
export class PlatformTriggerSource implements TriggerSource {
  readonly #addresses: NotificationAddresses;
  readonly #connectors: ConnectorTriggerSource;
  readonly #http: HttpTriggerSource;

  constructor(options: {
    readonly addresses: NotificationAddresses;
    readonly connectors: ConnectorTriggerSource;
    readonly http: HttpTriggerSource;
  }) {
    this.#addresses = options.addresses;
    this.#connectors = options.connectors;
    this.#http = options.http;
  }

  callbackUrl(flowId: string, addressId: string): Promise<string> {
    return this.#addresses.create(flowId, addressId);
  }

  subscribe(call: TriggerCall, options: SubscribeOptions, context: WatchContext): Promise<SubscribeAnswer> {
    return call.kind === 'http'
      ? this.#http.subscribe(call, options, context)
      : this.#connectors.subscribe(call, options, context);
  }

  unsubscribe(connection: InvokedConnection, state: JsonValue, context: WatchContext): Promise<UnsubscribeAnswer> {
    return isHttpSubscription(state)
      ? this.#http.unsubscribe(state, context)
      : this.#connectors.unsubscribe(connection, state, context);
  }

  poll(call: TriggerCall, state: JsonValue, context: WatchContext, options?: PollOptions): Promise<PollAnswer> {
    return call.kind === 'http'
      ? this.#http.poll(call, state, context, options)
      : this.#connectors.poll(call, state, context, options);
  }
}
