import type { JsonObject, WebhookModel } from '../../model.ts';
import { members, someText, type Writing } from '../writing.ts';
import { writeHeaders } from './write-headers.ts';
import { writeSchema } from './write-schema.ts';

/** Writes a call that the API makes, by the names of the model: Swagger 2.0 has no words for it. */
export function writeWebhook(writing: Writing, webhook: WebhookModel, pointer: string): JsonObject {
  const { name, method, schema, subscription } = webhook;
  writing.lose('webhook', pointer, { name });
  return members({
    name,
    method,
    summary: someText(webhook.summary),
    description: someText(webhook.description),
    schema: schema && writeSchema(writing, schema, `${pointer}/schema`),
    headers: writeHeaders(writing, webhook.headers, pointer),
    subscription: subscription && {
      operationId: subscription.operationId,
      in: subscription.in,
      path: subscription.path,
    },
    ...webhook.extensions,
  });
}
