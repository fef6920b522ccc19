import type {
  BodyModel,
  JsonObject,
  JsonValue,
  OperationModel,
  ParameterModel,
  ResponseModel,
  ServerModel,
} from '../model.ts';
import { checkPagination } from '../operation/check-pagination.ts';
import { operationKeys } from '../operation/operation-keys.ts';
import { readHeaders } from '../operation/read-headers.ts';
import { type Identifiers, readIdentifier } from '../operation/read-identifier.ts';
import { matchPath, readPath } from '../operation/read-path.ts';
import { readSecurityRequirements } from '../operation/read-security-requirements.ts';
import { contentName, readTrigger } from '../operation/read-trigger.ts';
import { readExternalDocs } from '../read-info.ts';
import { readSchema, readVisibility } from '../schema/read-schema.ts';
import { readSoapBinding } from '../soap/read-soap-binding.ts';
import { soapExtension } from '../soap/write-soap-binding.ts';
import { escapePointer } from '../source/pointer.ts';
import { extensionsOf, isObject, isTrue, keptMember, member, ownPrefix, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';
import { readParameters } from './read-parameters.ts';

/** OpenAPI 2.0, Path Item Object. */
const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);
/** Extensions that the model has a place for, in an operation and in a trigger. */
const modelled = ['x-ms-visibility'];
const modelledInTrigger = [...modelled, 'x-ms-trigger', 'x-ms-trigger-hint'];

type Inherited = {
  readonly consumes: readonly string[];
  readonly produces: readonly string[];
  readonly server: ServerModel;
};

/** Reads every operation of every path, in document order, and those that Patchbay kept aside. */
export function readOperations(reading: Reading, root: JsonObject, server: ServerModel): readonly OperationModel[] {
  const paths = member(root, 'paths');
  if (!isObject(paths) || Object.keys(paths).length === 0) reading.report('paths-missing', '/paths');
  const inherited = {
    consumes: reading.strings(root, 'consumes', ''),
    produces: reading.strings(root, 'produces', ''),
    server,
  };
  const identifiers: Identifiers = { used: new Set() };
  const operations = Object.entries(reading.object(root, 'paths', '')).flatMap(([path, item]) => {
    if (path.startsWith('x-') || !isObject(item)) return [];
    const start = `/paths/${escapePointer(path)}`;
    const target = follow(reading, item, start);
    if (target === undefined) return [];
    return Object.keys(target.value)
      .filter((name) => methods.has(name.toLowerCase()) && isObject(member(target.value, name)))
      .map((name) => {
        const value = member(target.value, name) as JsonObject;
        const place = {
          path,
          method: name.toLowerCase(),
          pathItem: target,
          value,
          pointer: `${target.pointer}/${name}`,
        };
        return readOperation(reading, place, inherited, identifiers);
      });
  });
  const aside = readKeptOperations(reading, root, inherited, identifiers);
  return inKeptOrder([...operations, ...aside], reading.strings(root, `${ownPrefix}order`, ''));
}

/** Operations that stand beside the paths because no path item can hold them: of other methods, and of a path and method in use. */
function readKeptOperations(
  reading: Reading,
  root: JsonObject,
  inherited: Inherited,
  identifiers: Identifiers,
): readonly OperationModel[] {
  const name = `${ownPrefix}operations`;
  return reading.array(root, name, '').flatMap((item, index): OperationModel[] => {
    const pointer = `/${name}/${index}`;
    if (!isObject(item)) return [];
    const path = reading.string(item, 'path', pointer);
    const method = reading.string(item, 'method', pointer);
    if (path === undefined || method === undefined || !/^[\w!#$%&'*+.^`|~-]+$/.test(method)) return [];
    const pathItem = { value: reading.object(item, 'pathItem', pointer), pointer: `${pointer}/pathItem` };
    const value = reading.object(item, 'operation', pointer);
    const place = { path, method: method.toLowerCase(), pathItem, value, pointer: `${pointer}/operation` };
    return [readOperation(reading, place, inherited, identifiers)];
  });
}

/** Operations by their keys in the order that Patchbay kept; what it does not name comes last, in the order of the document. */
function inKeptOrder(operations: readonly OperationModel[], order: readonly string[]): readonly OperationModel[] {
  if (order.length === 0) return operations;
  const keys = operationKeys(operations);
  const ranks = new Map(order.map((key, index) => [key, index]));
  const rankOf = (operation: OperationModel): number => ranks.get(keys.get(operation) ?? '') ?? order.length;
  return operations.toSorted((left, right) => rankOf(left) - rankOf(right));
}

/** Extensions of the object that holds the paths, and by path those of path items that hold no operation. */
export function readPathsExtensions(root: JsonObject, operations: readonly OperationModel[]): JsonObject {
  const paths = member(root, 'paths');
  if (!isObject(paths)) return {};
  const used = new Set(operations.map((operation) => operation.path));
  const unused = Object.entries(paths).flatMap(([path, item]): [string, JsonValue][] => {
    if (path.startsWith('x-') || !isObject(item) || used.has(path) || used.has(`/${path}`)) return [];
    const extensions = extensionsOf(item);
    return Object.keys(extensions).length === 0 ? [] : [[path, extensions]];
  });
  return { ...extensionsOf(paths), ...Object.fromEntries(unused) };
}

type Place = {
  readonly path: string;
  readonly method: string;
  readonly pathItem: { readonly value: JsonObject; readonly pointer: string };
  readonly value: JsonObject;
  readonly pointer: string;
};

function readOperation(reading: Reading, place: Place, inherited: Inherited, identifiers: Identifiers): OperationModel {
  const { value, pointer, method } = place;
  const operationId = readIdentifier(reading, { value, pointer, method, path: place.path }, identifiers);
  const title = operationId;
  const path = readPath(reading, place.path, place.pathItem.pointer);
  const { parameters: declared, body: stated } = readParameters(reading, { value, pointer, title }, place.pathItem);
  const parameters = matchPath(reading, { path, pointer, title }, declared);
  const body = stated && placeBody(stated, declared, parameters);
  if (body !== undefined && (method === 'get' || method === 'head')) {
    reading.report('body-not-allowed', pointer, { operation: title, method: method.toUpperCase() });
  }
  checkPagination(reading, { value, pointer, title });
  const trigger = readTrigger(reading, { value, pointer, title, body }, place.pathItem);
  const security = readSecurityRequirements(reading, value, pointer);
  const summary = reading.string(value, 'summary', pointer);
  const serverUrl = readServerUrl(reading, value, pointer, inherited.server);
  const own = new Set(trigger === undefined ? modelled : modelledInTrigger);
  // The label stands in for the summary, or is an extension beside it.
  if (summary === undefined) own.add('x-ms-summary');
  if (trigger?.notification !== undefined && !isObject(member(place.pathItem.value, contentName))) own.add(contentName);
  return {
    operationId,
    method,
    path,
    summary: summary ?? reading.string(value, 'x-ms-summary', pointer) ?? '',
    description: reading.string(value, 'description', pointer) ?? '',
    visibility: readVisibility(member(value, 'x-ms-visibility')),
    deprecated: isTrue(member(value, 'deprecated')),
    tags: reading.strings(value, 'tags', pointer),
    ...readExternalDocs(reading, value, pointer),
    ...(serverUrl !== undefined && { serverUrl }),
    parameters,
    ...(body !== undefined && { body }),
    responses: readResponses(reading, value, pointer, title),
    consumes:
      member(value, 'consumes') === undefined ? inherited.consumes : reading.strings(value, 'consumes', pointer),
    produces:
      member(value, 'produces') === undefined ? inherited.produces : reading.strings(value, 'produces', pointer),
    ...(security !== undefined && { security }),
    ...(trigger !== undefined && { trigger }),
    ...readSoap(reading, value, pointer, title),
    extensions: extensionsOf(value, own),
    ...readSharedExtensions(place),
    pointer,
  };
}

/** A body with its place among the parameters that were declared as its place among those that are kept. */
function placeBody(
  { position, ...body }: BodyModel,
  declared: readonly ParameterModel[],
  parameters: readonly ParameterModel[],
): BodyModel {
  const place = declared.slice(0, position).filter((one) => parameters.includes(one)).length;
  return place < parameters.length ? { ...body, position: place } : body;
}

/** Extensions of what stands around an operation: its path item and the object of its responses. */
function readSharedExtensions({
  pathItem,
  value,
}: Place): Pick<OperationModel, 'pathExtensions' | 'responsesExtensions'> {
  const isTrigger = (one: JsonValue): boolean => isObject(one) && isStated(member(one, 'x-ms-trigger'));
  const isOfTrigger =
    isTrigger(value) ||
    Object.entries(pathItem.value).some(([name, one]) => methods.has(name.toLowerCase()) && isTrigger(one));
  const path = extensionsOf(pathItem.value, isOfTrigger ? new Set([contentName]) : new Set());
  const responses = member(value, 'responses');
  const ofResponses = isObject(responses) ? extensionsOf(responses) : {};
  return {
    ...(Object.keys(path).length > 0 && { pathExtensions: path }),
    ...(Object.keys(ofResponses).length > 0 && { responsesExtensions: ofResponses }),
  };
}

/** The address that Patchbay kept, or the connector's with a scheme of the operation's own. */
function readServerUrl(
  reading: Reading,
  value: JsonObject,
  pointer: string,
  { schemes, host, basePath }: ServerModel,
): string | undefined {
  const kept = keptMember(value, 'serverUrl');
  if (typeof kept === 'string') return kept;
  const own = reading.strings(value, 'schemes', pointer).map((scheme) => scheme.toLowerCase());
  const usual = schemes.includes('https') ? 'https' : 'http';
  const chosen = ['https', 'http'].find((scheme) => own.includes(scheme));
  if (chosen === undefined || own.includes(usual) || host === '' || host.startsWith('@')) return undefined;
  return `${chosen}://${host}${basePath}`;
}

function isStated(value: JsonValue | undefined): boolean {
  return value !== undefined && value !== null;
}

function readResponses(
  reading: Reading,
  value: JsonObject,
  pointer: string,
  operation: string,
): readonly ResponseModel[] {
  const responses = Object.entries(reading.object(value, 'responses', pointer)).filter(
    ([status, item]) =>
      (!status.startsWith('x-') || /^x-patchbay-[1-5]XX$/i.test(status)) &&
      !(isObject(item) && isTrue(keptMember(item, 'copy'))),
  );
  if (responses.length === 0) reading.report('responses-missing', pointer, { operation });
  return responses.flatMap(([name, item]) => {
    const at = `${pointer}/responses/${escapePointer(name)}`;
    const status = name.startsWith(ownPrefix) ? name.slice(ownPrefix.length) : name;
    const target = isObject(item) ? follow(reading, item, at) : undefined;
    if (target === undefined) return [];
    const schema = member(target.value, 'schema');
    const examples = member(target.value, 'examples');
    return [
      {
        status,
        description: reading.string(target.value, 'description', target.pointer) ?? '',
        ...(schema !== undefined && { schema: readSchema(reading, schema, `${target.pointer}/schema`) }),
        headers: readHeaders(reading, target.value, target.pointer),
        ...(isObject(examples) && { examples }),
        extensions: extensionsOf(target.value),
      },
    ];
  });
}

/** The SOAP binding that an import from WSDL left here. */
function readSoap(
  reading: Reading,
  value: JsonObject,
  pointer: string,
  operation: string,
): Pick<OperationModel, 'soap'> {
  const stated = member(value, soapExtension);
  if (stated === undefined) return {};
  const soap = readSoapBinding(stated);
  if (soap === undefined) reading.report('soap-binding-not-valid', `${pointer}/${soapExtension}`, { operation });
  return soap === undefined ? {} : { soap };
}
