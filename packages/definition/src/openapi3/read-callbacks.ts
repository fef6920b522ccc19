import type { BodyModel, SchemaModel, TriggerModel, WebhookModel } from '../model.ts';
import { escapePointer, pointerNames } from '../source/pointer.ts';
import { isObject, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';
import { viewObject } from './object-view.ts';
import { openPathItem } from './path-item.ts';
import type { Titled } from './read-parameters.ts';
import { readCalls } from './read-webhooks.ts';

export type Callbacks = { readonly trigger?: TriggerModel; readonly webhooks: readonly WebhookModel[] };

type Subscriber = Titled & { readonly body: BodyModel | undefined; readonly isTrigger: boolean };
type Subscription = Omit<NonNullable<WebhookModel['subscription']>, 'operationId'>;

/**
 * Reads an operation's `callbacks`. Those whose address is a required property of the body make the operation a webhook trigger; the
 * others are offered beside it, with the way to subscribe to them where it can be said.
 */
export function readCallbacks(reading: Reading, operation: Subscriber): Callbacks {
  const calls = listCalls(reading, operation);
  const path = operation.isTrigger
    ? undefined
    : calls.map((call) => call.subscription).find((one) => isTriggerAddress(reading, operation.body, one))?.path;
  const isTaken = ({ subscription }: WebhookModel): boolean =>
    path !== undefined && subscription?.in === 'body' && String(subscription.path) === String(path);
  const taken = calls.filter(isTaken);
  return {
    ...(path !== undefined && { trigger: triggerOf(taken, path) }),
    webhooks: calls.filter((call) => !isTaken(call)),
  };
}

function listCalls(reading: Reading, { value, pointer, title }: Subscriber): readonly WebhookModel[] {
  return Object.entries(reading.object(value, 'callbacks', pointer)).flatMap(([name, item]) => {
    const target = isObject(item) ? follow(reading, item, `${pointer}/callbacks/${escapePointer(name)}`) : undefined;
    return Object.entries(target?.value ?? {}).flatMap(([expression, pathItem]): readonly WebhookModel[] => {
      if (target === undefined || expression.startsWith('x-') || !isObject(pathItem)) return [];
      const at = `${target.pointer}/${escapePointer(expression)}`;
      const subscription = readExpression(expression);
      if (subscription === undefined) {
        reading.lose('callback-address-composed', at, { operation: title, expression, name });
      }
      return readCalls(reading, openPathItem(reading, pathItem, at), name).map((call) => ({
        ...call,
        ...(subscription !== undefined && { subscription: { operationId: title, ...subscription } }),
      }));
    });
  });
}

/** An address that is one value of the request, and nothing else (OpenAPI 3, Runtime Expressions). */
function readExpression(expression: string): Subscription | undefined {
  const [, source, name = ''] =
    /^\{?\$request\.(?:(body)#(\/[^{}]*)|(?:query|header|path)\.[^{}]+)\}?$/.exec(expression.trim()) ?? [];
  if (source === 'body') return { in: 'body', path: pointerNames(name) };
  const [, place, parameter = ''] = /^\{?\$request\.(query|header|path)\.([^{}]+)\}?$/.exec(expression.trim()) ?? [];
  if (place !== 'query' && place !== 'header' && place !== 'path') return undefined;
  return { in: place, path: [parameter] };
}

function isTriggerAddress(
  reading: Reading,
  body: BodyModel | undefined,
  subscription: Subscription | undefined,
): boolean {
  if (body === undefined || subscription?.in !== 'body' || subscription.path.length === 0) return false;
  let schema: SchemaModel | undefined = body.schema;
  for (const name of subscription.path) {
    const view: ReturnType<typeof viewObject> = schema === undefined ? undefined : viewObject(reading, schema);
    if (view?.required.has(name) !== true) return false;
    schema = view.properties.get(name);
  }
  return schema !== undefined;
}

/** One address may hear of several events: then what comes is one of them. */
function triggerOf(calls: readonly WebhookModel[], callbackUrlPath: readonly string[]): TriggerModel {
  const schemas = calls.flatMap((call) => (call.schema === undefined ? [] : [call.schema]));
  const [first] = schemas;
  const schema: SchemaModel | undefined = schemas.length > 1 ? { kind: 'anyOf', members: schemas } : first;
  return {
    kind: 'webhook',
    batch: false,
    notification: {
      description: calls.map((call) => call.description || call.summary).find((text) => text !== '') ?? '',
      ...(schema !== undefined && { schema }),
      headers: calls.flatMap((call) => call.headers),
    },
    callbackUrlPath,
  };
}
