import type { JsonObject, WebhookModel } from '../model.ts';
import { readHeaders } from '../operation/read-headers.ts';
import { readSchema } from '../schema/read-schema.ts';
import { extensionsOf, isObject, member, ownPrefix, type Reading } from '../source/reading.ts';

const places = ['body', 'query', 'header', 'path'] as const;

/** Reads the calls that the API makes, which Patchbay kept: Swagger 2.0 has no words for them. */
export function readKeptWebhooks(reading: Reading, root: JsonObject): readonly WebhookModel[] {
  const member = `${ownPrefix}webhooks`;
  return reading.array(root, member, '').flatMap((item, index): WebhookModel[] => {
    const pointer = `/${member}/${index}`;
    const name = isObject(item) ? reading.string(item, 'name', pointer) : undefined;
    return isObject(item) && name !== undefined ? [readWebhook(reading, item, name, pointer)] : [];
  });
}

function readWebhook(reading: Reading, value: JsonObject, name: string, pointer: string): WebhookModel {
  const schema = member(value, 'schema');
  const subscription = readSubscription(reading, value, `${pointer}/subscription`);
  return {
    name,
    method: (reading.string(value, 'method', pointer) ?? 'post').toLowerCase(),
    summary: reading.string(value, 'summary', pointer) ?? '',
    description: reading.string(value, 'description', pointer) ?? '',
    ...(schema !== undefined && { schema: readSchema(reading, schema, `${pointer}/schema`) }),
    headers: readHeaders(reading, value, pointer),
    ...(subscription !== undefined && { subscription }),
    extensions: extensionsOf(value),
    pointer,
  };
}

function readSubscription(reading: Reading, value: JsonObject, pointer: string): WebhookModel['subscription'] {
  const subscription = member(value, 'subscription');
  if (!isObject(subscription)) return undefined;
  const operationId = reading.string(subscription, 'operationId', pointer);
  const place = places.find((one) => one === member(subscription, 'in'));
  if (operationId === undefined || place === undefined) return undefined;
  return { operationId, in: place, path: reading.strings(subscription, 'path', pointer) };
}
