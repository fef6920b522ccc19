import type { HandshakeAnswer, RawNotification } from '@patchbay/connector';
import { stringify, type Value } from '@patchbay/expression';
import type { CallbackAddresses, Engine, RunPlace } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import type { DeployedFlows } from './deployed-flows.ts';
import type { FlowSignatures } from './flow-signatures.ts';
import { type NotificationChecks, parseNotificationBody } from './notification-checks.ts';

/** A callback's address, as its path says it. */
export type CallbackPlace = RunPlace & { readonly flowId: string; readonly signature: string };

/** Stands for no iteration in a path, which cannot have an empty segment. */
const noIteration = '-';

/** The addresses at which webhook actions are called back: each good for one action in one iteration of one run. */
export function callbackAddresses(origin: string, signatures: FlowSignatures): CallbackAddresses {
  return {
    open: async (flowId) => {
      const sign = await signatures.signer(flowId);
      return ({ runId, action, iteration }) => {
        const place = `${runId}/${encodeURIComponent(action)}/${iteration === '' ? noIteration : iteration}`;
        // The signature is a part of the path: services add queries of their own, and some drop the one that is there.
        return `${origin}/callbacks/${flowId}/${place}/${sign(['callback', runId, action, iteration])}`;
      };
    },
  };
}

/** Names the secrets of an action's callback among those of the flow's other addresses. */
export function callbackAddressId({ runId, action, iteration }: RunPlace): string {
  return `${runId}/${iteration}/${action}`;
}

/** Takes what APIs send back to actions that wait for it. */
export class CallbackService {
  readonly #signatures: FlowSignatures;
  readonly #flows: DeployedFlows;
  readonly #checks: NotificationChecks;
  readonly #engine: Engine;

  constructor(options: {
    readonly signatures: FlowSignatures;
    readonly flows: DeployedFlows;
    readonly checks: NotificationChecks;
    readonly engine: Engine;
  }) {
    this.#signatures = options.signatures;
    this.#flows = options.flows;
    this.#checks = options.checks;
    this.#engine = options.engine;
  }

  /** Resolves when the callback is durable, or with what a service is to be answered that only tries the address. Throws `SignatureInvalid`, `CallbackEnded`, `CallbackRepeated`. */
  async receive(
    { flowId, runId, action, iteration: given, signature }: CallbackPlace,
    notification: RawNotification,
    headers: { readonly [name: string]: string },
  ): Promise<HandshakeAnswer | undefined> {
    const place: RunPlace = { runId, action, iteration: given === noIteration ? '' : given };
    if (!(await this.#signatures.verify(flowId, ['callback', runId, action, place.iteration], signature)))
      throw new PlatformError('SignatureInvalid', 'The address is not one that this server gave, or not any more.');
    const awaited = await this.#engine.awaitedCallback(place);
    if (awaited === undefined) throw ended(action);
    const { connection, target } = awaited;
    const flow = await this.#flows.find(flowId);
    if (flow === undefined) throw ended(action);
    const sender =
      connection === undefined || target === undefined
        ? undefined
        : { connection, target, flowId, environmentId: flow.environmentId, addressId: callbackAddressId(place) };
    const checked = await this.#checks.check(notification, sender);
    if ('handshake' in checked) return checked.handshake;
    const payload: Value = { headers, body: parseNotificationBody(notification) };
    const signalId = `callback/${place.iteration}/${action}`;
    switch (await this.#engine.signal({ ...place, signalId, payload: stringify(payload) })) {
      case 'taken':
        return undefined;
      case 'repeated':
        throw new PlatformError('CallbackRepeated', `The action "${action}" was called back before; the first counts.`);
      case 'unexpected':
        throw ended(action);
    }
  }
}

function ended(action: string): PlatformError {
  return new PlatformError('CallbackEnded', `The action "${action}" does not wait to be called back any more.`);
}
