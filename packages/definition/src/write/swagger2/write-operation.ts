import type { JsonObject, JsonValue, OperationModel, SubscriptionExpiry, TriggerModel } from '../../model.ts';
import { eventIdName, expiryName, itemIdName } from '../../operation/read-trigger.ts';
import { signatureName } from '../../operation/read-webhook-signature.ts';
import { soapExtension, writeSoapBinding } from '../../soap/write-soap-binding.ts';
import { ownPrefix } from '../../source/reading.ts';
import { sameValue } from '../same-value.ts';
import { members, someItems, someText, type Writing } from '../writing.ts';
import { writeBody } from './write-body.ts';
import { writeHeaders } from './write-headers.ts';
import { writeExternalDocs } from './write-info.ts';
import { writeParameter } from './write-parameter.ts';
import { writeResponses } from './write-responses.ts';
import { writeSchema } from './write-schema.ts';
import { writeSecurity } from './write-security.ts';

/** What an operation takes from around it. */
export type Surrounding = {
  /** Media types that the root states, and an operation only where it differs. */
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
  /** Whether the path item says what the trigger's service sends. */
  readonly hasNotification: boolean;
};

/** Writes an Operation Object. */
export function writeOperation(
  writing: Writing,
  operation: OperationModel,
  surrounding: Surrounding,
  pointer: string,
): JsonObject {
  const { trigger, serverUrl, externalDocs, visibility, soap } = operation;
  if (serverUrl !== undefined) {
    writing.lose('operation-server', pointer, { operation: operation.operationId, url: serverUrl });
  }
  if (soap !== undefined) writing.lose('soap-binding', pointer, { operation: operation.operationId });
  return members({
    operationId: operation.operationId,
    // A label beside it would be taken for a summary that is not there.
    summary: Object.hasOwn(operation.extensions, 'x-ms-summary') ? operation.summary : someText(operation.summary),
    description: someText(operation.description),
    tags: someItems(operation.tags),
    externalDocs: externalDocs && writeExternalDocs(externalDocs),
    deprecated: operation.deprecated ? true : undefined,
    'x-ms-visibility': visibility === 'normal' ? undefined : visibility,
    'x-ms-trigger': trigger && (trigger.batch ? 'batch' : 'single'),
    'x-ms-trigger-hint': trigger?.hint,
    [signatureName]: trigger?.signature?.source,
    [ownPrefix + eventIdName]: trigger?.eventId && { [trigger.eventId.kind]: trigger.eventId.name },
    [ownPrefix + expiryName]: trigger?.expiry && writeExpiry(trigger.expiry),
    [ownPrefix + itemIdName]: trigger?.itemId,
    'x-ms-notification-content':
      trigger?.notification === undefined || surrounding.hasNotification
        ? undefined
        : writeNotification(writing, trigger.notification, `${pointer}/x-ms-notification-content`),
    consumes: sameValue(operation.consumes, surrounding.consumes) ? undefined : operation.consumes,
    produces: sameValue(operation.produces, surrounding.produces) ? undefined : operation.produces,
    ...writeParameters(writing, operation, pointer),
    responses: writeResponses(writing, operation, `${pointer}/responses`),
    ...(operation.security !== undefined && writeSecurity(writing, operation.security, pointer)),
    ...operation.extensions,
    [`${ownPrefix}serverUrl`]: serverUrl,
    [soapExtension]: soap && writeSoapBinding(soap),
  });
}

/** What a webhook sends. */
export function writeNotification(
  writing: Writing,
  { description, schema, headers, extensions }: NonNullable<TriggerModel['notification']>,
  pointer: string,
): JsonObject {
  return members({
    description: someText(description),
    schema: schema && writeSchema(writing, schema, `${pointer}/schema`),
    headers: writeHeaders(writing, headers, pointer),
    ...extensions,
  });
}

/** The parameters with the body in its place; cookies, which Swagger 2.0 does not have, stand aside with theirs. */
function writeParameters(
  writing: Writing,
  { parameters, body }: OperationModel,
  pointer: string,
): { readonly [name: string]: JsonValue | undefined } {
  const stated: JsonObject[] = [];
  const aside: JsonObject[] = [];
  const place = body?.position ?? parameters.length;
  const writeBodyHere = (index: number): void => {
    if (body !== undefined && index === place)
      stated.push(writeBody(writing, body, `${pointer}/parameters/${stated.length}`));
  };
  for (const [index, parameter] of parameters.entries()) {
    writeBodyHere(index);
    if (parameter.in !== 'cookie') {
      stated.push(writeParameter(writing, parameter, `${pointer}/parameters/${stated.length}`));
      continue;
    }
    const at = `${pointer}/${ownPrefix}parameters/${aside.length}`;
    writing.lose('cookie-parameter', at, { name: parameter.name });
    const position = stated.length + aside.length;
    aside.push({ ...writeParameter(writing, parameter, at), [`${ownPrefix}position`]: position });
  }
  writeBodyHere(parameters.length);
  return { parameters: someItems(stated), [`${ownPrefix}parameters`]: someItems(aside) };
}

function writeExpiry(expiry: SubscriptionExpiry): JsonObject {
  return expiry.kind === 'seconds' ? { seconds: expiry.seconds } : { [expiry.kind]: expiry.name };
}
