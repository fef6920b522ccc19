import type { JsonObject, OperationModel, ParameterModel, ResponseModel, SecurityRequirement } from '../model.ts';
import { readExternalDocs } from '../read-info.ts';
import { readSchema, readVisibility } from '../schema/read-schema.ts';
import { escapePointer } from '../source/pointer.ts';
import { extensionsOf, isObject, isTrue, member, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';
import { readHeaders, readParameters } from './read-parameters.ts';
import { readTrigger } from './read-trigger.ts';

/** OpenAPI 2.0, Path Item Object. */
const methods: ReadonlySet<string> = new Set(['get', 'put', 'post', 'delete', 'options', 'head', 'patch']);
const modelled = new Set(['x-ms-summary', 'x-ms-visibility']);

type Inherited = { readonly consumes: readonly string[]; readonly produces: readonly string[] };
type Identifiers = { readonly used: Set<string> };

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
  const operationId = readIdentifier(reading, value, pointer, method, place.path, identifiers);
  const title = operationId;
  const path = readPath(reading, place);
  const { parameters, body } = readParameters(reading, { value, pointer, title }, place.pathItem);
  const undeclared = checkPath(reading, path, parameters, pointer, title);
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
    parameters: [...parameters.filter((one) => one.in !== 'path' || path.includes(`{${one.name}}`)), ...undeclared],
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

function readIdentifier(
  reading: Reading,
  value: JsonObject,
  pointer: string,
  method: string,
  path: string,
  { used }: Identifiers,
): string {
  const stated = reading.string(value, 'operationId', pointer);
  if (stated !== undefined && stated !== '') {
    if (used.has(stated)) reading.report('operation-id-not-unique', `${pointer}/operationId`, { id: stated });
    used.add(stated);
    return stated;
  }
  const words = `${method} ${path}`.split(/[^A-Za-z0-9]+/).filter((word) => word !== '');
  const base = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  let read = base;
  for (let number = 2; used.has(read); number += 1) read = `${base}${number}`;
  used.add(read);
  reading.report('operation-id-missing', pointer, { operation: `${method.toUpperCase()} ${path}`, read });
  return read;
}

function readPath(reading: Reading, { path, pathItem }: Place): string {
  if (path.startsWith('/')) return path;
  reading.report('path-must-start-with-slash', pathItem.pointer, { path });
  return `/${path}`;
}

/** Compares a path with its parameters; answers a parameter for each name in the path that none was declared for. */
function checkPath(
  reading: Reading,
  path: string,
  parameters: OperationModel['parameters'],
  pointer: string,
  operation: string,
): OperationModel['parameters'] {
  const inTemplate = new Set([...path.matchAll(/\{([^{}]*)\}/g)].map((match) => match[1] ?? ''));
  const declared = new Set(parameters.filter((one) => one.in === 'path').map((one) => one.name));
  for (const name of declared) {
    if (!inTemplate.has(name)) reading.report('path-parameter-not-in-path', pointer, { operation, name });
  }
  return [...inTemplate]
    .filter((name) => !declared.has(name))
    .map((name) => {
      reading.report('path-parameter-missing', pointer, { operation, name });
      return impliedPathParameter(name, pointer);
    });
}

function impliedPathParameter(name: string, pointer: string): ParameterModel {
  return {
    name,
    in: 'path',
    required: true,
    schema: { kind: 'string' },
    urlEncoding: 'single',
    summary: name,
    description: '',
    visibility: 'normal',
    allowEmptyValue: false,
    extensions: {},
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

/** Security requirements of an operation or the root; undefined when none are stated, which is not the same as none. */
export function readSecurityRequirements(
  reading: Reading,
  parent: JsonObject,
  pointer: string,
): readonly SecurityRequirement[] | undefined {
  if (!Array.isArray(member(parent, 'security'))) return undefined;
  return reading
    .array(parent, 'security', pointer)
    .filter(isObject)
    .map(
      (requirement) =>
        new Map(
          Object.entries(requirement).map(([name, scopes]) => [
            name,
            Array.isArray(scopes) ? scopes.filter((scope): scope is string => typeof scope === 'string') : [],
          ]),
        ),
    );
}
