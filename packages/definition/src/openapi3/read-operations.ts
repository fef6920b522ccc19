import type { JsonObject, OperationModel, ParameterModel, ServerModel, WebhookModel } from '../model.ts';
import { checkPagination } from '../operation/check-pagination.ts';
import { type Identifiers, readIdentifier } from '../operation/read-identifier.ts';
import { matchPath, readPath } from '../operation/read-path.ts';
import { readSecurityRequirements } from '../operation/read-security-requirements.ts';
import { contentName, readTrigger } from '../operation/read-trigger.ts';
import { readExternalDocs } from '../read-info.ts';
import { readVisibility } from '../schema/read-schema.ts';
import { escapePointer } from '../source/pointer.ts';
import { extensionsOf, isObject, isTrue, keptMember, member, ownPrefix, type Reading } from '../source/reading.ts';
import { layerWith, openPathItem, type PathItem, type PathOperation } from './path-item.ts';
import { readCallbacks } from './read-callbacks.ts';
import { readParameters } from './read-parameters.ts';
import { operationNames, readRequestBody } from './read-request-body.ts';
import { readResponses } from './read-responses.ts';
import { readOwnServer } from './read-servers.ts';

/** Extensions that the model has a place for, in an operation and in a trigger. */
const modelled = ['x-ms-visibility', ...operationNames];
const modelledInTrigger = [...modelled, 'x-ms-trigger', 'x-ms-trigger-hint'];

type Read = { readonly operation: OperationModel; readonly webhooks: readonly WebhookModel[] };

/** Reads every operation of every path, in document order, with the calls that the API makes back. */
export function readOperations(
  reading: Reading,
  root: JsonObject,
  server: ServerModel,
): { readonly operations: readonly OperationModel[]; readonly webhooks: readonly WebhookModel[] } {
  const hasWebhooks = member(root, 'webhooks') !== undefined || member(root, 'x-webhooks') !== undefined;
  const paths = reading.object(root, 'paths', '');
  if (Object.keys(paths).length === 0 && !hasWebhooks) reading.report('paths-missing', '/paths');
  const identifiers: Identifiers = { used: new Set() };
  const read = Object.entries(paths).flatMap(([path, value]): Read[] => {
    if (path.startsWith('x-') || !isObject(value)) return [];
    const item = openPathItem(reading, value, `/paths/${escapePointer(path)}`);
    return item.operations.map((operation) => readOperation(reading, operation, path, item, server, identifiers));
  });
  return { operations: read.map((one) => one.operation), webhooks: read.flatMap((one) => one.webhooks) };
}

function readOperation(
  reading: Reading,
  { method, value, pointer }: PathOperation,
  statedPath: string,
  pathItem: PathItem,
  server: ServerModel,
  identifiers: Identifiers,
): Read {
  const operationId = readIdentifier(reading, { value, pointer, method, path: statedPath }, identifiers);
  const titled = { value, pointer, title: operationId };
  const path = readPath(reading, statedPath, pathItem.layers[0]?.pointer ?? '');
  const declared = readParameters(reading, titled, pathItem);
  const request = readRequestBody(reading, titled, new Set(declared.map((one) => one.name)));
  const parameters = matchPath(reading, { path, pointer, title: operationId }, [...declared, ...request.fields]);
  reportSharedNames(reading, parameters, operationId);
  const { body, consumes } = request;
  if (body !== undefined && (method === 'get' || method === 'head')) {
    reading.report('body-not-allowed', pointer, { operation: operationId, method: method.toUpperCase() });
  }
  checkPagination(reading, titled);
  const holder = layerWith(pathItem, contentName);
  const stated = readTrigger(reading, { ...titled, body }, holder);
  const callbacks = readCallbacks(reading, { ...titled, body, isTrigger: stated !== undefined });
  const trigger = stated ?? callbacks.trigger;
  const security = readSecurityRequirements(reading, value, pointer);
  const serverUrl = readOwnServer(reading, [{ value, pointer }, layerWith(pathItem, 'servers')], server);
  const text = (name: string): string | undefined => reading.string(value, name, pointer);
  const summary = text('summary');
  const shared = layerWith(pathItem, 'summary').value;
  const own = new Set(stated === undefined ? modelled : modelledInTrigger);
  // The label stands in for the summary, or is an extension beside it.
  if (summary === undefined) own.add('x-ms-summary');
  if (stated?.notification !== undefined && !isObject(member(holder.value, contentName))) own.add(contentName);
  return {
    webhooks: callbacks.webhooks,
    operation: {
      operationId,
      method,
      path,
      summary: summary ?? text('x-ms-summary') ?? reading.string(shared, 'summary', pointer) ?? '',
      description: text('description') ?? '',
      visibility: readVisibility(member(value, 'x-ms-visibility')),
      deprecated: isTrue(member(value, 'deprecated')),
      tags: reading.strings(value, 'tags', pointer),
      ...readExternalDocs(reading, value, pointer),
      ...(serverUrl !== undefined && { serverUrl }),
      parameters,
      ...(body !== undefined && { body }),
      ...readResponses(reading, titled),
      consumes,
      ...readKeptMediaTypes(reading, value, pointer),
      ...(security !== undefined && { security }),
      ...(trigger !== undefined && { trigger }),
      extensions: extensionsOf(value, own),
      ...readSharedExtensions(pathItem, value, stated !== undefined),
      pointer,
    },
  };
}

/** What Patchbay kept of the media types, whose order content does not say. */
function readKeptMediaTypes(
  reading: Reading,
  value: JsonObject,
  pointer: string,
): { readonly consumes?: readonly string[]; readonly produces?: readonly string[] } {
  const kept = (name: 'consumes' | 'produces') =>
    keptMember(value, name) === undefined ? {} : { [name]: reading.strings(value, ownPrefix + name, pointer) };
  return { ...kept('consumes'), ...kept('produces') };
}

/** Extensions of what stands around an operation: its path item and the object of its responses. */
function readSharedExtensions(
  { layers }: PathItem,
  value: JsonObject,
  isTrigger: boolean,
): Pick<OperationModel, 'pathExtensions' | 'responsesExtensions'> {
  const known = isTrigger ? new Set([contentName]) : new Set<string>();
  const path = Object.assign({}, ...layers.toReversed().map((layer) => extensionsOf(layer.value, known)));
  const responses = member(value, 'responses');
  const ofResponses = isObject(responses) ? extensionsOf(responses) : {};
  return {
    ...(Object.keys(path).length > 0 && { pathExtensions: path }),
    ...(Object.keys(ofResponses).length > 0 && { responsesExtensions: ofResponses }),
  };
}

/** Arguments are given by name, whatever the place. */
function reportSharedNames(reading: Reading, parameters: readonly ParameterModel[], operation: string): void {
  const places = new Map<string, string>();
  for (const { name, in: place, pointer } of parameters) {
    const first = places.get(name);
    if (first !== undefined)
      reading.report('parameter-name-shared', pointer, { operation, name, first, second: place });
    else places.set(name, place);
  }
}
