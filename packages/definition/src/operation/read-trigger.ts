import type { BodyModel, JsonObject, JsonValue, SchemaModel, SubscriptionExpiry, TriggerModel } from '../model.ts';
import { readBehind, readSchema } from '../schema/read-schema.ts';
import { isObject, isTrue, keptMember, member, type Reading, someExtensions } from '../source/reading.ts';
import { readHeaders } from './read-headers.ts';
import { readWebhookSignature } from './read-webhook-signature.ts';

/** Holds what a webhook sends; beside the operations of a path (connectors.md of the ecosystem). */
export const contentName = 'x-ms-notification-content';
const urlName = 'x-ms-notification-url';
/** Below {@link ownPrefix}: where a notification says which event it is, and a polled item which item. */
export const eventIdName = 'event-id';
export const itemIdName = 'item-id';
/** Below {@link ownPrefix}: when a subscription ends unless it is renewed. */
export const expiryName = 'subscription-expiry';

/** Reads what makes an operation a trigger (`x-ms-trigger`), and how it hears of events. */
export function readTrigger(
  reading: Reading,
  operation: {
    readonly value: JsonObject;
    readonly pointer: string;
    readonly title: string;
    readonly body: BodyModel | undefined;
  },
  pathItem: { readonly value: JsonObject; readonly pointer: string },
): TriggerModel | undefined {
  const stated = member(operation.value, 'x-ms-trigger');
  if (stated === undefined || stated === null) return undefined;
  const kind = typeof stated === 'string' ? stated.toLowerCase() : '';
  if (kind !== 'single' && kind !== 'batch') {
    reading.report('trigger-kind', `${operation.pointer}/x-ms-trigger`, {
      operation: operation.title,
      found: String(stated),
    });
  }
  const hint = reading.string(operation.value, 'x-ms-trigger-hint', operation.pointer);
  const holder = isObject(member(pathItem.value, contentName)) ? pathItem : operation;
  const content = member(holder.value, contentName);
  const callbackUrlPath = operation.body && findCallbackUrl(reading, operation.body.schema);
  const isWebhook = isObject(content) || callbackUrlPath !== undefined;
  if (isWebhook && callbackUrlPath === undefined) {
    reading.report('callback-url-missing', operation.pointer, { operation: operation.title });
  }
  return {
    kind: isWebhook ? 'webhook' : 'polling',
    batch: kind === 'batch',
    ...(hint !== undefined && { hint }),
    ...(isObject(content) && { notification: readNotification(reading, content, `${holder.pointer}/${contentName}`) }),
    ...(callbackUrlPath !== undefined && { callbackUrlPath }),
    ...(isWebhook ? readNotificationFacts(reading, operation) : readPollingFacts(operation.value)),
  };
}

/** How a notification proves where it comes from, and says which event it is. */
function readNotificationFacts(
  reading: Reading,
  operation: { readonly value: JsonObject; readonly pointer: string; readonly title: string },
): Pick<TriggerModel, 'signature' | 'eventId' | 'expiry'> {
  const signature = readWebhookSignature(reading, operation);
  const place = keptMember(operation.value, eventIdName);
  const named = (['header', 'property'] as const).flatMap((kind) => {
    const name = isObject(place) ? member(place, kind) : undefined;
    return typeof name === 'string' && name !== '' ? [{ kind, name }] : [];
  });
  const [eventId] = named;
  const expiry = readExpiry(keptMember(operation.value, expiryName));
  return {
    ...(signature !== undefined && { signature }),
    ...(eventId !== undefined && { eventId }),
    ...(expiry !== undefined && { expiry }),
  };
}

function readExpiry(source: JsonValue | undefined): SubscriptionExpiry | undefined {
  if (!isObject(source)) return undefined;
  const seconds = member(source, 'seconds');
  if (typeof seconds === 'number' && seconds > 0) return { kind: 'seconds', seconds };
  const [named] = (['header', 'property'] as const).flatMap((kind) => {
    const name = member(source, kind);
    return typeof name === 'string' && name !== '' ? [{ kind, name }] : [];
  });
  return named;
}

function readPollingFacts(value: JsonObject): Pick<TriggerModel, 'itemId'> {
  const itemId = keptMember(value, itemIdName);
  return typeof itemId === 'string' && itemId !== '' ? { itemId } : {};
}

function readNotification(reading: Reading, content: JsonObject, pointer: string) {
  const schema = member(content, 'schema');
  return {
    description: reading.string(content, 'description', pointer) ?? '',
    ...(schema !== undefined && { schema: readSchema(reading, schema, `${pointer}/schema`) }),
    headers: readHeaders(reading, content, pointer),
    ...someExtensions(content),
  };
}

/** The first property, breadth first, that is marked to take the callback URL. Shared schemas are looked into once. */
function findCallbackUrl(reading: Reading, body: SchemaModel): readonly string[] | undefined {
  const visited = new Set<string>();
  let level: readonly (readonly [readonly string[], SchemaModel])[] = [[[], body]];
  while (level.length > 0) {
    const next: (readonly [readonly string[], SchemaModel])[] = [];
    for (const [path, schema] of level) {
      if (isTrue(schema.extensions?.[urlName])) return path;
      if (schema.kind === 'object')
        for (const [name, property] of schema.properties) next.push([[...path, name], property]);
      else if (schema.kind === 'allOf') for (const one of schema.members) next.push([path, one]);
      else if (schema.kind === 'reference' && !visited.has(schema.name)) {
        visited.add(schema.name);
        next.push([path, readBehind(reading, schema)]);
      }
    }
    level = next;
  }
  return undefined;
}
