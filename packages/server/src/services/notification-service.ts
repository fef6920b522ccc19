import { createHash } from 'node:crypto';
import {
  answerHandshake,
  answerSecretChallenge,
  eventIdOf,
  type HandshakeAnswer,
  isSignedNotification,
  linkedOperationId,
  type RawNotification,
  readSecretChallenge,
} from '@patchbay/connector';
import type { JsonValue, TriggerModel, WebhookSignature } from '@patchbay/definition';
import { contentToValue, type Value } from '@patchbay/expression';
import type { Store } from '@patchbay/store';
import type { Engine, FireResult, WatchRecord } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import type { ConnectionService, OpenConnection } from './connection-service.ts';
import { openFlowConnection } from './flow-connection.ts';
import type { FlowService } from './flow-service.ts';
import type { NotificationAddresses } from './notification-addresses.ts';

export type Address = { readonly flowId: string; readonly addressId: string; readonly signature: string };

export type Received =
  | { readonly kind: 'handshake'; readonly answer: HandshakeAnswer }
  | { readonly kind: 'fired'; readonly result: FireResult }
  /** It only says that there is something to fetch, and that is being done. */
  | { readonly kind: 'fetching' };

/** Takes what APIs send to the addresses that triggers gave them. */
export class NotificationService {
  readonly #store: Store;
  readonly #flows: FlowService;
  readonly #connections: ConnectionService;
  readonly #addresses: NotificationAddresses;
  readonly #engine: () => Engine;

  constructor(options: {
    readonly store: Store;
    readonly flows: FlowService;
    readonly connections: ConnectionService;
    readonly addresses: NotificationAddresses;
    readonly engine: () => Engine;
  }) {
    this.#store = options.store;
    this.#flows = options.flows;
    this.#connections = options.connections;
    this.#addresses = options.addresses;
    this.#engine = options.engine;
  }

  /** Resolves when what follows is durable. Throws `SubscriptionEnded`, `SignatureInvalid`, `NotificationRefused`. */
  async receive(address: Address, notification: RawNotification, outputsOf: (body: Value) => Value): Promise<Received> {
    const watch = await this.#find(address);
    const { open, trigger } = (await this.#triggerOf(watch)) ?? {};
    const { signature } = trigger ?? {};
    const rule = signature?.rule;
    const handshake = answerHandshake(
      notification,
      () => parseBody(notification) as JsonValue,
      rule?.secret.kind === 'handshakeHeader' ? rule.secret.name : undefined,
    );
    if (handshake !== undefined) {
      if (handshake.secret !== undefined && rule?.secret.kind === 'handshakeHeader')
        await this.#addresses.keepSecret(address.addressId, handshake.secret);
      return { kind: 'handshake', answer: handshake };
    }
    const challenged = await this.#answerChallenge(rule, watch, open, notification);
    if (challenged !== undefined) return { kind: 'handshake', answer: challenged };
    if (!['POST', 'PUT', 'PATCH'].includes(notification.method))
      throw new PlatformError('MethodNotAllowed', `Notifications are sent with POST, not ${notification.method}.`);
    if (signature !== undefined && open !== undefined) await this.#verify(signature, watch, open, notification);
    const poll = (await this.#store.watches.list(watch.flowId)).find(
      ({ kind, trigger: name }) => kind === 'poll' && name === watch.trigger,
    );
    if (poll !== undefined) {
      await this.#engine().checkWatch(poll.watchId);
      return { kind: 'fetching' };
    }
    const body = parseBody(notification);
    const { flow } = await this.#flows.callable(watch.flowId);
    // What is looked up by a path is plain JSON: a body that is none has no id.
    const eventId = eventIdOf(trigger, notification, body as JsonValue);
    const result = await this.#engine().fire({
      flow,
      trigger: watch.trigger,
      outputs: outputsOf(body),
      ...(eventId !== undefined && { uniqueKey: eventKey(watch, eventId) }),
    });
    return { kind: 'fired', result };
  }

  /** Shows a service that its secret is known here. Throws `NotificationRefused` for one that does not know it itself. */
  async #answerChallenge(
    rule: WebhookSignature['rule'],
    watch: WatchRecord,
    open: OpenConnection | undefined,
    notification: RawNotification,
  ): Promise<HandshakeAnswer | undefined> {
    if (rule === undefined || open === undefined) return undefined;
    const challenge = readSecretChallenge(notification, () => parseBody(notification) as JsonValue);
    if (challenge === undefined) return undefined;
    const secret = await this.#secretOf(rule.secret, watch, open);
    const answer = answerSecretChallenge(challenge, rule, secret, notification, Date.now());
    if (answer !== undefined) return answer;
    throw new PlatformError(
      'NotificationRefused',
      'The challenge is not signed as the connector says, or the connection holds no secret to answer it with.',
    );
  }

  async #find({ flowId, addressId, signature }: Address): Promise<WatchRecord> {
    const watch = await this.#store.watches.findByAddress(addressId);
    if (!(await this.#addresses.isSigned(flowId, addressId, signature)))
      throw new PlatformError('SignatureInvalid', 'The address is not one that this server gave.');
    if (watch?.flowId === flowId && (watch.status === 'Starting' || watch.status === 'Active')) return watch;
    throw new PlatformError('SubscriptionEnded', 'Nobody listens at this address any more. Send nothing here.');
  }

  /** The connector's own word on the trigger, by the operation that subscribed; nothing where a flow named an address itself. */
  async #triggerOf(
    watch: WatchRecord,
  ): Promise<{ readonly open: OpenConnection; readonly trigger: TriggerModel | undefined } | undefined> {
    const { target } = watch;
    if (target.kind === 'http') return undefined;
    const open = await openFlowConnection(this.#connections, watch.connection, watch.environmentId);
    const { connector } = open;
    const model =
      target.kind === 'operation'
        ? connector.operation(target.operationId).model
        : connector.match(target.method, target.path.split(/[?#]/, 1)[0] ?? '')?.model;
    if (model === undefined || model.trigger?.kind === 'webhook') return { open, trigger: model?.trigger };
    const linked = linkedOperationId(model);
    const subscribing = linked === undefined ? undefined : connector.operation(linked).model.trigger;
    return { open, trigger: subscribing ?? model.trigger };
  }

  async #verify(
    { rule }: WebhookSignature,
    watch: WatchRecord,
    open: OpenConnection,
    notification: RawNotification,
  ): Promise<void> {
    if (rule !== undefined) {
      const secret = await this.#secretOf(rule.secret, watch, open);
      if (isSignedNotification(rule, secret, notification, Date.now())) return;
    }
    throw new PlatformError(
      'NotificationRefused',
      'The notification is not signed as the connector says, or was signed too long ago.',
    );
  }

  async #secretOf(
    { kind, name }: NonNullable<WebhookSignature['rule']>['secret'],
    watch: WatchRecord,
    { options }: OpenConnection,
  ): Promise<string> {
    const addressId = watch.addressId ?? '';
    switch (kind) {
      case 'connectionParameter': {
        const values = options.connectionParameters ?? {};
        return Object.hasOwn(values, name) && typeof values[name] === 'string' ? values[name] : '';
      }
      case 'bodyProperty':
        return this.#addresses.secretFor(watch.flowId, addressId);
      case 'handshakeHeader':
        return (await this.#addresses.keptSecret(addressId)) ?? '';
    }
  }
}

function parseBody({ headers, body }: RawNotification): Value {
  try {
    return contentToValue(headers['content-type'] ?? '', body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PlatformError('InvalidRequest', `The body says it is JSON and is not: ${error.message}.`, {
      cause: error,
    });
  }
}

/** Services choose their ids as they like; a key is short. */
function eventKey({ flowId, trigger }: WatchRecord, eventId: string): string {
  return `event/${createHash('sha256')
    .update(JSON.stringify([flowId, trigger, eventId]))
    .digest('base64url')}`;
}
