import type { JsonObject, OperationModel, ResponseModel } from '../model.ts';
import { readHeaders } from '../operation/read-headers.ts';
import { type Identifiers, readIdentifier } from '../operation/read-identifier.ts';
import { matchPath, readPath } from '../operation/read-path.ts';
import { readSecurityRequirements } from '../operation/read-security-requirements.ts';
import { readTrigger } from '../operation/read-trigger.ts';
import { readExternalDocs } from '../read-info.ts';
import { readSchema, readVisibility } from '../schema/read-schema.ts';
import { escapePointer } from '../source/pointer.ts';
import { extensionsOf, isObject, isTrue, member, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';
import { readParameters } from './read-parameters.ts';

/** OpenAPI 2.0, Path Item Object. */
const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);
const modelled = new Set(['x-ms-summary', 'x-ms-visibility']);

type Inherited = { readonly consumes: readonly string[]; readonly produces: readonly string[] };

/** Reads every operation of every path, in document order. */
export function readOperations(reading: Reading, root: JsonObject): readonly OperationModel[] {
  const paths = member(root, 'paths');
  if (!isObject(paths) || Object.keys(paths).length === 0) reading.report('paths-missing', '/paths');
  const inherited = {
    consumes: reading.strings(root, 'consumes', ''),
    produces: reading.strings(root, 'produces', ''),
  };
  const identifiers: Identifiers = { used: new Set() };
  return Object.entries(reading.object(root, 'paths', '')).flatMap(([path, item]) => {
    if (path.startsWith('x-') || !isObject(item)) return [];
    const start = `/paths/${escapePointer(path)}`;
    const target = follow(reading, item, start);
    if (target === undefined) return [];
    return Object.keys(target.value)
      .filter((name) => methods.has(name.toLowerCase()) && isObject(member(target.value, name)))
      .map((name) => readOperation(reading, { path, name, pathItem: target }, inherited, identifiers));
  });
}

type Place = {
  readonly path: string;
  readonly name: string;
  readonly pathItem: { readonly value: JsonObject; readonly pointer: string };
};

function readOperation(reading: Reading, place: Place, inherited: Inherited, identifiers: Identifiers): OperationModel {
  const value = member(place.pathItem.value, place.name) as JsonObject;
  const pointer = `${place.pathItem.pointer}/${place.name}`;
  const method = place.name.toLowerCase();
  const operationId = readIdentifier(reading, { value, pointer, method, path: place.path }, identifiers);
  const title = operationId;
  const path = readPath(reading, place.path, place.pathItem.pointer);
  const { parameters: declared, body } = readParameters(reading, { value, pointer, title }, place.pathItem);
  const parameters = matchPath(reading, { path, pointer, title }, declared);
  if (body !== undefined && (method === 'get' || method === 'head')) {
    reading.report('body-not-allowed', pointer, { operation: title, method: method.toUpperCase() });
  }
  const trigger = readTrigger(reading, { value, pointer, title, body }, place.pathItem);
  const security = readSecurityRequirements(reading, value, pointer);
  const description = reading.string(value, 'description', pointer) ?? '';
  return {
    operationId,
    method,
    path,
    summary: reading.string(value, 'summary', pointer) ?? reading.string(value, 'x-ms-summary', pointer) ?? '',
    description,
    visibility: readVisibility(member(value, 'x-ms-visibility')),
    deprecated: isTrue(member(value, 'deprecated')),
    tags: reading.strings(value, 'tags', pointer),
    ...readExternalDocs(reading, value, pointer),
    parameters,
    ...(body !== undefined && { body }),
    responses: readResponses(reading, value, pointer, title),
    consumes:
      member(value, 'consumes') === undefined ? inherited.consumes : reading.strings(value, 'consumes', pointer),
    produces:
      member(value, 'produces') === undefined ? inherited.produces : reading.strings(value, 'produces', pointer),
    ...(security !== undefined && { security }),
    ...(trigger !== undefined && { trigger }),
    extensions: extensionsOf(value, modelled),
    pointer,
  };
}

function readResponses(
  reading: Reading,
  value: JsonObject,
  pointer: string,
  operation: string,
): readonly ResponseModel[] {
  const responses = Object.entries(reading.object(value, 'responses', pointer)).filter(
    ([status]) => !status.startsWith('x-'),
  );
  if (responses.length === 0) reading.report('responses-missing', pointer, { operation });
  return responses.flatMap(([status, item]) => {
    const at = `${pointer}/responses/${escapePointer(status)}`;
    const target = isObject(item) ? follow(reading, item, at) : undefined;
    if (target === undefined) return [];
    const schema = member(target.value, 'schema');
    return [
      {
        status,
        description: reading.string(target.value, 'description', target.pointer) ?? '',
        ...(schema !== undefined && { schema: readSchema(reading, schema, `${target.pointer}/schema`) }),
        headers: readHeaders(reading, target.value, target.pointer),
        extensions: extensionsOf(target.value),
      },
    ];
  });
}
