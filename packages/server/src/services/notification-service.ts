import { createHash } from 'node:crypto';
import { eventIdOf, type HandshakeAnswer, type RawNotification } from '@patchbay/connector';
import type { JsonValue } from '@patchbay/definition';
import type { Value } from '@patchbay/expression';
import type { Store } from '@patchbay/store';
import type { Engine, FireResult, WatchRecord } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import type { DeployedFlows } from './deployed-flows.ts';
import type { NotificationAddresses } from './notification-addresses.ts';
import { type NotificationChecks, parseNotificationBody } from './notification-checks.ts';

export type Address = { readonly flowId: string; readonly addressId: string; readonly signature: string };

export type Received =
  | { readonly kind: 'handshake'; readonly answer: HandshakeAnswer }
  | { readonly kind: 'fired'; readonly result: FireResult }
  /** It only says that there is something to fetch, and that is being done. */
  | { readonly kind: 'fetching' };

/** Takes what APIs send to the addresses that triggers gave them. */
export class NotificationService {
  readonly #store: Store;
  readonly #flows: DeployedFlows;
  readonly #checks: NotificationChecks;
  readonly #addresses: NotificationAddresses;
  readonly #engine: Engine;

  constructor(options: {
    readonly store: Store;
    readonly flows: DeployedFlows;
    readonly checks: NotificationChecks;
    readonly addresses: NotificationAddresses;
    readonly engine: Engine;
  }) {
    this.#store = options.store;
    this.#flows = options.flows;
    this.#checks = options.checks;
    this.#addresses = options.addresses;
    this.#engine = options.engine;
  }

  /** Resolves when what follows is durable. Throws `SubscriptionEnded`, `SignatureInvalid`, `NotificationRefused`. */
  async receive(address: Address, notification: RawNotification, outputsOf: (body: Value) => Value): Promise<Received> {
    const watch = await this.#find(address);
    const checked = await this.#checks.check(notification, { ...watch, addressId: address.addressId });
    if ('handshake' in checked) return { kind: 'handshake', answer: checked.handshake };
    const poll = (await this.#store.watches.list(watch.flowId)).find(
      ({ kind, trigger: name }) => kind === 'poll' && name === watch.trigger,
    );
    if (poll !== undefined) {
      await this.#engine.checkWatch(poll.watchId);
      return { kind: 'fetching' };
    }
    const body = parseNotificationBody(notification);
    const { flow } = await this.#flows.callable(watch.flowId);
    // What is looked up by a path is plain JSON: a body that is none has no id.
    const eventId = eventIdOf(checked.trigger, notification, body as JsonValue);
    const result = await this.#engine.fire({
      flow,
      trigger: watch.trigger,
      outputs: outputsOf(body),
      ...(eventId !== undefined && { uniqueKey: eventKey(watch, eventId) }),
    });
    return { kind: 'fired', result };
  }

  async #find({ flowId, addressId, signature }: Address): Promise<WatchRecord> {
    const watch = await this.#store.watches.findByAddress(addressId);
    if (!(await this.#addresses.isSigned(flowId, addressId, signature)))
      throw new PlatformError('SignatureInvalid', 'The address is not one that this server gave.');
    if (watch?.flowId === flowId && (watch.status === 'Starting' || watch.status === 'Active')) return watch;
    throw new PlatformError('SubscriptionEnded', 'Nobody listens at this address any more. Send nothing here.');
  }
}

/** Services choose their ids as they like; a key is short. */
function eventKey({ flowId, trigger }: WatchRecord, eventId: string): string {
  return `event/${createHash('sha256')
    .update(JSON.stringify([flowId, trigger, eventId]))
    .digest('base64url')}`;
}
