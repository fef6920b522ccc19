import type { HeaderModel, JsonObject, WebhookModel } from '../model.ts';
import { escapePointer } from '../source/pointer.ts';
import { extensionsOf, isObject, member, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';
import { preferredMediaType, readContent, readMediaSchema } from './media-types.ts';
import { openPathItem, type PathItem, type PathOperation } from './path-item.ts';
import { readParameters } from './read-parameters.ts';

/** Reads the root's `webhooks` (OpenAPI 3.1; `x-webhooks` before): calls that are subscribed to outside of the description. */
export function readWebhooks(reading: Reading, root: JsonObject): readonly WebhookModel[] {
  const name = member(root, 'webhooks') === undefined ? 'x-webhooks' : 'webhooks';
  return Object.entries(reading.object(root, name, '')).flatMap(([key, item]) => {
    if (key.startsWith('x-') || !isObject(item)) return [];
    return readCalls(reading, openPathItem(reading, item, `/${name}/${escapePointer(key)}`), key);
  });
}

/** The calls of a path item that the API makes; the first one has the name, further ones their method besides. */
export function readCalls(reading: Reading, item: PathItem, name: string): readonly WebhookModel[] {
  return item.operations.map((operation, index) =>
    readCall(reading, item, operation, index === 0 ? name : `${name} ${operation.method.toUpperCase()}`),
  );
}

function readCall(reading: Reading, item: PathItem, operation: PathOperation, name: string): WebhookModel {
  const { method, value, pointer } = operation;
  const body = member(value, 'requestBody');
  const target = isObject(body) ? follow(reading, body, `${pointer}/requestBody`) : undefined;
  const media = target && preferredMediaType(readContent(reading, target.value, target.pointer));
  const headers = readParameters(reading, { value, pointer, title: name }, item)
    .filter((one) => one.in === 'header')
    .map(({ name: header, description, schema }): HeaderModel => ({ name: header, description, schema }));
  return {
    name,
    method,
    summary: reading.string(value, 'summary', pointer) ?? '',
    description: reading.string(value, 'description', pointer) ?? '',
    ...(media !== undefined && { schema: readMediaSchema(reading, media) }),
    headers,
    extensions: extensionsOf(value),
    pointer,
  };
}
