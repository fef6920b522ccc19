import type { ConnectorModel, OperationModel } from '@patchbay/definition';
import type { CallOptions, Connector } from '../contract.ts';
import { ConnectorError } from '../errors.ts';
import { isObject } from '../policies/property-path.ts';
import { subscriptionValues, withBodyValues } from './callback-address.ts';
import { callbackUrlPath } from './callback-url-path.ts';
import { followLocation, locate, type Place } from './follow-location.ts';
import { renewalTime } from './subscription-expiry.ts';
import { operationOf, sendTriggerRequest, type TriggerAnswer, type TriggerRequest } from './trigger-request.ts';

/** What is kept of a subscription: where to give it back, if the API said so, and by which operation it was made. */
export type SubscriptionState = { readonly operationId?: string; readonly place?: Place };

export type SubscribeOptions = {
  readonly callbackUrl: string;
  /** For a property of the body that takes a secret made for this subscription. */
  readonly secret: string;
  /** The request's operation names the one that subscribes (`x-ms-notification`), which takes the parameters that it knows. */
  readonly isLinked: boolean;
  /** Where operations of actions are looked through for the property that takes the address; those of triggers say it themselves. */
  readonly model?: ConnectorModel;
};

export type Subscribed = {
  readonly answer: TriggerAnswer;
  readonly state: SubscriptionState;
  /** When it should be renewed, in milliseconds since the epoch; absent where it does not end. */
  readonly renewAtMs?: number;
};

/**
 * Asks an API for events at an address. The answer is the API's, of any status. Throws `ConnectorError` and `EgressError`; `location-refused` when
 * the subscription could not be given back.
 */
export async function subscribeTrigger(
  connector: Connector,
  given: TriggerRequest,
  { callbackUrl, secret, isLinked, model }: SubscribeOptions,
  options: CallOptions,
): Promise<Subscribed> {
  const request = isLinked ? linkedRequest(connector, given) : given;
  const operation = operationOf(connector, request);
  refuseUnreadableSignature(operation);
  const urlPath = operation && (model ? callbackUrlPath(model, operation) : operation.trigger?.callbackUrlPath);
  const values = operation === undefined ? [] : subscriptionValues(operation.trigger, urlPath, { callbackUrl, secret });
  const whole = operation === undefined ? request : withBodyValues(request, operation, values);
  const answer = await sendTriggerRequest(connector, whole, options);
  const location = answer.headers['location'];
  const path = operation?.path.includes('{') === false ? operation.path : '';
  const isKept = answer.statusCode < 300 && location !== undefined && location !== '';
  const place = isKept ? locate(connector, location, { url: answer.sentUrl, path }, options.runtimeUrl) : undefined;
  const renewAtMs = answer.statusCode < 300 ? renewalTime(operation?.trigger?.expiry, answer, Date.now()) : undefined;
  return {
    answer,
    ...(renewAtMs !== undefined && { renewAtMs }),
    state: {
      ...(operation !== undefined && { operationId: operation.operationId }),
      ...(place !== undefined && { place }),
    },
  };
}

/** Gives a subscription back: DELETE to where the API said. `undefined`: it said nothing, so there is nobody to tell. */
export async function unsubscribeTrigger(
  connector: Connector,
  { place }: SubscriptionState,
  options: CallOptions,
): Promise<TriggerAnswer | undefined> {
  return place === undefined ? undefined : followLocation(connector, 'DELETE', place, options);
}

/** By which operation a trigger subscribes that fetches by another (`x-ms-notification`). */
export function linkedOperationId({ extensions }: OperationModel): string | undefined {
  const link = extensions['x-ms-notification'];
  const operationId = isObject(link) ? link['operationId'] : undefined;
  return typeof operationId === 'string' ? operationId : undefined;
}

function linkedRequest(connector: Connector, request: TriggerRequest): TriggerRequest {
  const operation = operationOf(connector, request);
  const operationId = operation && linkedOperationId(operation);
  if (request.kind !== 'operation' || operationId === undefined) {
    throw new ConnectorError(
      'operation-not-found',
      'The trigger’s operation does not say by which operation to subscribe (x-ms-notification).',
    );
  }
  const { model } = connector.operation(operationId);
  const known = new Set(model.parameters.map(({ name }) => name));
  const body = model.body?.name ?? '';
  const shared = Object.entries(request.parameters).filter(
    ([name]) => known.has(name) || (body !== '' && (name === body || name.startsWith(`${body}/`))),
  );
  return { kind: 'operation', operationId, parameters: Object.fromEntries(shared) };
}

/** Events that nobody could tell from a stranger's are not asked for. */
function refuseUnreadableSignature(operation: OperationModel | undefined): void {
  const signature = operation?.trigger?.signature;
  if (operation === undefined || signature === undefined || signature.rule !== undefined) return;
  throw new ConnectorError(
    'signature-rule-invalid',
    `${operation.operationId}: x-patchbay-webhook-signature cannot be used, so no notification would be accepted. Mend the definition.`,
    { operationId: operation.operationId },
  );
}
