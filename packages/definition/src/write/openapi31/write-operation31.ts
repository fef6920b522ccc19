import type {
  JsonObject,
  JsonValue,
  OperationModel,
  SecurityRequirement,
  TriggerModel,
  WebhookModel,
} from '../../model.ts';
import { ownPrefix } from '../../source/reading.ts';
import { writeExternalDocs } from '../swagger2/write-info.ts';
import { fromMap, members, someItems, someText } from '../writing.ts';
import type { ModernWriting } from './modern-writing.ts';
import { writeExtensions31 } from './write-extensions31.ts';
import { writeParameter31 } from './write-parameter31.ts';
import { writeRequestBody31 } from './write-request-body31.ts';
import { writeHeaders31, writeResponses31 } from './write-responses31.ts';
import { writeSchema31 } from './write-schema31.ts';

/** Writes an operation; `pointer` is where it stands. */
export function writeOperation31(writing: ModernWriting, operation: OperationModel, pointer: string): JsonObject {
  const { trigger, externalDocs, serverUrl, security, visibility, soap } = operation;
  const parameters = operation.parameters
    .filter((parameter) => parameter.in !== 'formData')
    .map((parameter, index) => writeParameter31(writing, parameter, `${pointer}/parameters/${index}`));
  if (soap !== undefined) writing.lose('openapi-soap', pointer, { operation: operation.operationId });
  return members({
    operationId: operation.operationId,
    summary: Object.hasOwn(operation.extensions, 'x-ms-summary') ? operation.summary : someText(operation.summary),
    description: someText(operation.description),
    tags: someItems(operation.tags),
    externalDocs: externalDocs && writeExternalDocs(externalDocs),
    deprecated: operation.deprecated ? true : undefined,
    servers: serverUrl === undefined ? undefined : [{ url: serverUrl }],
    'x-ms-visibility': visibility === 'normal' ? undefined : visibility,
    'x-ms-trigger': trigger && (trigger.batch ? 'batch' : 'single'),
    'x-ms-trigger-hint': trigger?.hint,
    'x-ms-notification-content': trigger?.notification && writeNotification31(writing, trigger.notification),
    parameters: someItems(parameters),
    requestBody: writeRequestBody31(writing, operation, `${pointer}/requestBody`),
    responses: writeResponses31(writing, operation),
    security: security && writeSecurity31(writing, security),
    ...writeExtensions31(writing, operation.extensions),
    ...keptMediaTypes(operation),
  });
}

/** One media type is told by the content; of several, the content does not keep the order, and without content there is none. */
function keptMediaTypes({ body, parameters, consumes, produces, responses }: OperationModel): JsonObject {
  const isSent = body !== undefined || parameters.some((parameter) => parameter.in === 'formData');
  const hasGood = responses.some(({ status }) => status.startsWith('2') || status === 'default');
  const hasContent = responses.some(({ schema, examples }) => schema !== undefined || examples !== undefined);
  const isConsumesTold = !isSent || (consumes.length === 1 && body !== undefined);
  const isProducesTold = produces.length === 0 ? !hasContent : produces.length === 1 && hasGood;
  return {
    ...(!isConsumesTold && { [`${ownPrefix}consumes`]: consumes }),
    ...(!isProducesTold && { [`${ownPrefix}produces`]: produces }),
  };
}

function writeNotification31(
  writing: ModernWriting,
  { description, schema, headers, extensions }: NonNullable<TriggerModel['notification']>,
): JsonObject {
  return members({
    description: someText(description),
    schema: schema && writeSchema31(writing, schema),
    headers: writeHeaders31(writing, headers),
    ...extensions,
  });
}

/** Requirements by the names that the schemes have as components. */
export function writeSecurity31(
  writing: ModernWriting,
  security: readonly SecurityRequirement[],
): readonly JsonValue[] {
  return security.map((requirement) =>
    fromMap(
      new Map([...requirement].map(([name, scopes]) => [writing.schemeNames.get(name) ?? name, scopes])),
      (scopes) => scopes,
    ),
  );
}

/** Writes a call that the API makes; how it is told where to call is not said among webhooks. */
export function writeWebhook31(writing: ModernWriting, webhook: WebhookModel, pointer: string): JsonObject {
  const { name, schema, subscription } = webhook;
  if (subscription !== undefined) writing.lose('openapi-subscription', pointer, { name });
  return members({
    summary: someText(webhook.summary),
    description: someText(webhook.description),
    parameters: someItems(
      webhook.headers.map((header) =>
        members({
          name: header.name,
          in: 'header',
          description: someText(header.description),
          schema: writeSchema31(writing, header.schema),
        }),
      ),
    ),
    requestBody: schema && { content: { 'application/json': { schema: writeSchema31(writing, schema) } } },
    ...webhook.extensions,
  });
}
