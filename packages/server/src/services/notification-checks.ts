import {
  answerHandshake,
  answerSecretChallenge,
  type HandshakeAnswer,
  isSignedNotification,
  linkedOperationId,
  type RawNotification,
  readSecretChallenge,
} from '@patchbay/connector';
import type { JsonValue, TriggerModel, WebhookSignature } from '@patchbay/definition';
import { contentToValue, type Value } from '@patchbay/expression';
import type { InvokedConnection, WatchTarget } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import type { OpenConnection } from './connection-calls.ts';
import type { ConnectionService } from './connection-service.ts';
import { openFlowConnection } from './flow-connection.ts';
import type { NotificationAddresses } from './notification-addresses.ts';

/** Who calls, as the one that asked for it said. */
export type Sender = {
  readonly connection: InvokedConnection;
  readonly target: WatchTarget;
  readonly environmentId: string;
  readonly flowId: string;
  readonly addressId: string;
};

/** Tells what APIs send from what strangers do, by what their connectors say of it. */
export class NotificationChecks {
  readonly #connections: ConnectionService;
  readonly #addresses: NotificationAddresses;

  constructor(connections: ConnectionService, addresses: NotificationAddresses) {
    this.#connections = connections;
    this.#addresses = addresses;
  }

  /** Answers a service that only wants to know whether there is somebody; refuses what is not signed as the connector says. Throws `NotificationRefused`, `MethodNotAllowed`. */
  async check(
    notification: RawNotification,
    sender: Sender | undefined,
  ): Promise<{ readonly handshake: HandshakeAnswer } | { readonly trigger: TriggerModel | undefined }> {
    const found = sender && (await this.#triggerOf(sender));
    const trigger = found?.trigger;
    const rule = trigger?.signature?.rule;
    const handshake = answerHandshake(
      notification,
      () => parseNotificationBody(notification) as JsonValue,
      rule?.secret.kind === 'handshakeHeader' ? rule.secret.name : undefined,
    );
    if (handshake !== undefined) {
      if (handshake.secret !== undefined && sender !== undefined && rule?.secret.kind === 'handshakeHeader')
        await this.#addresses.keepSecret(sender.addressId, handshake.secret);
      return { handshake };
    }
    const challenged = found && sender && (await this.#answerChallenge(rule, sender, found.open, notification));
    if (challenged !== undefined) return { handshake: challenged };
    if (!['POST', 'PUT', 'PATCH'].includes(notification.method))
      throw new PlatformError('MethodNotAllowed', `Notifications are sent with POST, not ${notification.method}.`);
    if (trigger?.signature !== undefined && sender !== undefined && found !== undefined)
      await this.#verify(trigger.signature, sender, found.open, notification);
    return { trigger };
  }

  /** Shows a service that its secret is known here. Throws `NotificationRefused` for one that does not know it itself. */
  async #answerChallenge(
    rule: WebhookSignature['rule'],
    sender: Sender,
    open: OpenConnection,
    notification: RawNotification,
  ): Promise<HandshakeAnswer | undefined> {
    if (rule === undefined) return undefined;
    const challenge = readSecretChallenge(notification, () => parseNotificationBody(notification) as JsonValue);
    if (challenge === undefined) return undefined;
    const secret = await this.#secretOf(rule.secret, sender, open);
    const answer = answerSecretChallenge(challenge, rule, secret, notification, Date.now());
    if (answer !== undefined) return answer;
    throw new PlatformError(
      'NotificationRefused',
      'The challenge is not signed as the connector says, or the connection holds no secret to answer it with.',
    );
  }

  /** The connector's own word on what it sends, by the operation that subscribed; nothing where a flow named an address itself. */
  async #triggerOf({
    connection,
    environmentId,
    target,
  }: Sender): Promise<{ readonly open: OpenConnection; readonly trigger: TriggerModel | undefined } | undefined> {
    if (target.kind === 'http') return undefined;
    const open = await openFlowConnection(this.#connections, connection, environmentId);
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
    sender: Sender,
    open: OpenConnection,
    notification: RawNotification,
  ): Promise<void> {
    if (rule !== undefined) {
      const secret = await this.#secretOf(rule.secret, sender, open);
      if (isSignedNotification(rule, secret, notification, Date.now())) return;
    }
    throw new PlatformError(
      'NotificationRefused',
      'The notification is not signed as the connector says, or was signed too long ago.',
    );
  }

  async #secretOf(
    { kind, name }: NonNullable<WebhookSignature['rule']>['secret'],
    { flowId, addressId }: Sender,
    { options }: OpenConnection,
  ): Promise<string> {
    switch (kind) {
      case 'connectionParameter': {
        const values = options.connectionParameters ?? {};
        return Object.hasOwn(values, name) && typeof values[name] === 'string' ? values[name] : '';
      }
      case 'bodyProperty':
        return this.#addresses.secretFor(flowId, addressId);
      case 'handshakeHeader':
        return (await this.#addresses.keptSecret(addressId)) ?? '';
    }
  }
}

/** Throws `InvalidRequest` for what says that it is JSON and is not. */
export function parseNotificationBody({ headers, body }: RawNotification): Value {
  try {
    return contentToValue(headers['content-type'] ?? '', body);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new PlatformError('InvalidRequest', `The body says it is JSON and is not: ${error.message}.`, {
      cause: error,
    });
  }
}
