import { readFileSync } from 'node:fs';
import { basename, relative } from 'node:path';
import { type BoundRequest, type Connector, ConnectorError, compile, type ParameterValues } from '@patchbay/connector';
import {
  type ConnectorFiles,
  type ConnectorModel,
  type JsonValue,
  type OperationModel,
  type ParameterModel,
  readConnector,
  referredFiles,
} from '@patchbay/definition';
import { bareType, compareRequests, type LeftOut, wholeBody } from './compare-requests.ts';
import { generateArguments } from './generate-arguments.ts';
import { hasAddressVariable, listWritten, pathShape, type WrittenRequest } from './postman-requests.ts';
import { type CollectionVersion, toCollection, toVersion } from './postman-tools.ts';
import type { Report } from './report.ts';
import { walkFiles } from './walk-files.ts';

const versions: readonly CollectionVersion[] = ['1.0.0', '2.0.0', '2.1.0'];
const origin = 'https://api.example.com';

/** Why a request, or a part of it, is not compared: what Postman's importer does, and what a collection cannot say. */
const reasons = {
  refused: 'descriptions that the importer refuses',
  unwritten: 'operations that the importer writes no request for',
  unbound: 'operations that do not bind in the source itself',
  'parameter-unwritten': 'parameters and bodies that the importer leaves out, and bodies that Postman does not send',
  'parameter-header':
    'parameters that are headers of the transport, of media types and credentials, cookies, or no headers by name',
  'parameter-secret': 'parameters that hold a secret and became how the connector authenticates',
  'list-unshown': 'lists that the importer shows as one value',
  'media-type-unwritten': 'media types that the importer writes none or another one for',
  'body-as-form': 'bodies described as one value and sent as a form, which the importer writes as fields',
  'object-as-fields': 'operations with parameters that are objects or documents, which the importer writes in pieces',
  'required-left-out': 'operations that do not bind without a parameter that is not compared',
  'address-variable': 'descriptions whose address has variables in its path',
  'type-unshown': 'parameters with a value in place of their type, which was taken for a narrower one',
} as const;
type Reason = keyof typeof reasons;

export type RoundTrip = Report & { readonly leftOut: ReadonlyMap<Reason, number> };

/** One description with the files around it. */
type RoundTripSource = { readonly name: string; readonly files: ConnectorFiles; readonly text: string };

/** The round trips of every description of one file below a path; `step` takes only every so manieth. */
export function runPostmanRoundTrips(path: string, step = 1): Promise<RoundTrip> {
  const names = walkFiles(path).filter((file) => /\.(json|ya?ml)$/i.test(file) && !/apiProperties\.json$/i.test(file));
  const sources = names.flatMap((file): readonly RoundTripSource[] => {
    const content = readFileSync(file);
    const definition = { name: basename(file), content };
    if (!/"?(swagger|openapi)"?\s*:/.test(content.toString('utf8')) || referredFiles(definition).length > 0) return [];
    return [{ name: relative(path, file), files: { definition }, text: content.toString('utf8') }];
  });
  return runRoundTrips(sources.filter((_, index) => index % step === 0));
}

/**
 * Makes collections of descriptions with Postman's own tools, in every version, imports them, and binds each operation of the source
 * and of the import with the same arguments: the requests must be the same.
 */
async function runRoundTrips(sources: readonly RoundTripSource[]): Promise<RoundTrip> {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  const lines: string[] = [];
  const leftOut = new Map<Reason, number>();
  const leave = (reason: Reason): void => void leftOut.set(reason, (leftOut.get(reason) ?? 0) + 1);
  for (const { name, files, text } of sources) {
    const { model } = readConnector(files);
    if (model === undefined) continue;
    const collection = await toCollection(text);
    if (typeof collection === 'string') {
      leave('refused');
      continue;
    }
    if (hasAddressVariable(collection)) {
      leave('address-variable');
      continue;
    }
    const written = listWritten(collection);
    for (const version of versions) {
      const content = JSON.stringify(await toVersion(collection, version));
      const imported = readConnector({ definition: { name: 'collection.json', content } }).model;
      for (const operation of model.operations) {
        const verdict =
          imported === undefined
            ? { kind: 'failed' as const, text: 'the collection was not read' }
            : await compareOperation({ model, operation, imported, written, leave });
        counts[verdict.kind] += 1;
        if (verdict.kind === 'failed') lines.push(`${name} ${version} ${operation.operationId}: ${verdict.text}`);
      }
    }
  }
  for (const [reason, count] of leftOut) lines.push(`not compared: ${count} ${reasons[reason]}`);
  return { ...counts, lines, leftOut };
}

type Comparison = {
  readonly model: ConnectorModel;
  readonly operation: OperationModel;
  readonly imported: ConnectorModel;
  readonly written: readonly WrittenRequest[];
  readonly leave: (reason: Reason) => void;
};
type Verdict = { readonly kind: 'passed' | 'skipped' } | { readonly kind: 'failed'; readonly text: string };

async function compareOperation(comparison: Comparison): Promise<Verdict> {
  const { model, operation, imported, written, leave } = comparison;
  const request = written.find((one) => one.method === operation.method && isAt(one, model, operation));
  if (request === undefined) {
    leave('unwritten');
    return { kind: 'skipped' };
  }
  if (operation.body !== undefined && sentTypes(operation).some((type) => formTypes.test(type))) {
    leave('body-as-form');
    return { kind: 'skipped' };
  }
  if (hasStyledObject(model, operation)) {
    leave('object-as-fields');
    return { kind: 'skipped' };
  }
  const address = addressOf(model, operation);
  const twin = imported.operations.find((one) => addressOf(imported, one) === address);
  if (twin === undefined) return { kind: 'failed', text: 'was not found in the import' };
  const removed = leaveOut(comparison, request, twin);
  for (const all of [false, true]) {
    const given = generateArguments(model, operation, all);
    const expected = tryBind(open(model), operation, given);
    if (expected instanceof ConnectorError) {
      leave('unbound');
      return { kind: 'skipped' };
    }
    const actual = tryBind(open(imported), twin, rename(given, operation, removed.names));
    if (actual instanceof ConnectorError) {
      const needsMore = actual.code === 'parameter-missing' && removed.names.size > 0;
      if (!needsMore && actual.code !== 'parameter-invalid') return { kind: 'failed', text: actual.message };
      const reason: Reason = needsMore ? 'required-left-out' : 'type-unshown';
      leave(reason);
      return { kind: 'skipped' };
    }
    const difference = await compareRequests(expected, actual, removed);
    if (difference !== undefined) return { kind: 'failed', text: difference };
  }
  return { kind: 'passed' };
}

function addressOf({ server }: ConnectorModel, { method, path, serverUrl }: OperationModel): string {
  const base =
    serverUrl === undefined ? server.basePath : serverUrl.replace(/^[a-z]+:\/\/[^/]*/i, '').replace(/\/+$/, '');
  return `${method} ${pathShape(`${base}${path}`)}`;
}

/** The importer may put part of the base path into the requests. */
function isAt(written: WrittenRequest, model: ConnectorModel, operation: OperationModel): boolean {
  const path = addressOf(model, operation).slice(operation.method.length + 1);
  return written.path === pathShape(operation.path) || written.path === path;
}

function open(model: ConnectorModel): Connector {
  return compile(model, { baseUrl: `${origin}${model.server.basePath}` });
}

function tryBind(
  connector: Connector,
  { operationId }: OperationModel,
  given: ParameterValues,
): BoundRequest | ConnectorError {
  try {
    return connector.operation(operationId).bind(given);
  } catch (error) {
    if (error instanceof ConnectorError) return error;
    throw error;
  }
}

/** A collection has no names for bodies. */
function rename(given: ParameterValues, operation: OperationModel, names: ReadonlySet<string>): ParameterValues {
  const kept = Object.entries(given).filter(
    ([name]) => name === operation.body?.name || !names.has(name.toLowerCase()),
  );
  const own = kept.filter(([name]) => name !== operation.body?.name || !names.has(wholeBody));
  return Object.fromEntries(own.map(([name, value]) => [name === operation.body?.name ? 'body' : name, value]));
}

const formTypes = /^(multipart\/form-data|application\/x-www-form-urlencoded)/i;

/** The media types of a body, also those that a parameter names. */
function sentTypes({ consumes, parameters }: OperationModel): readonly string[] {
  const named = parameters.filter(({ in: place, name }) => place === 'header' && name.toLowerCase() === 'content-type');
  return [...consumes, ...named.flatMap((one) => (typeof one.default === 'string' ? [one.default] : []))];
}

const headersOfOpenapi =
  /^(accept|content-type|authorization|cookie|host|content-length|connection|expect|accept-encoding)$/;

/** Objects that stand in a request by their members, and documents in a place of their own, are other parameters in a collection. */
function hasStyledObject(model: ConnectorModel, operation: OperationModel): boolean {
  const given = generateArguments(model, operation, true);
  return operation.parameters.some(({ name, in: place, style }) => {
    const value = given[name];
    const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
    return place !== 'formData' && (style?.kind === 'content' || (isObject && style?.kind !== 'deepObject'));
  });
}

function leaveOut(
  { model, operation, imported, leave }: Comparison,
  written: WrittenRequest,
  twin: OperationModel,
): LeftOut {
  const secrets = new Set(
    [...imported.securitySchemes.values()].flatMap((scheme) =>
      scheme.kind === 'apiKey' ? [scheme.name.toLowerCase()] : [],
    ),
  );
  const names = new Set<string>();
  const given = generateArguments(model, operation, true);
  for (const parameter of operation.parameters) {
    const reason = reasonOf(parameter, given[parameter.name], written, twin, secrets);
    if (reason === undefined) continue;
    leave(reason);
    names.add(parameter.name.toLowerCase());
  }
  if (names.size > 0 && operation.parameters.some((one) => one.in === 'cookie')) names.add('cookie');
  if (!written.hasBody && operation.body !== undefined) leave('parameter-unwritten');
  if (!written.hasBody && (operation.body !== undefined || operation.consumes.length > 0)) names.add(wholeBody);
  const media = [
    ['accept', operation.produces],
    ['content-type', operation.consumes],
  ] as const;
  for (const [name, described] of media) {
    if (name === 'content-type' && !written.hasBody) continue;
    // What is asked for and sent where a description says nothing.
    const offered = described.length === 0 ? ['application/json', ''] : described;
    const type = bareType(written.values.get(name) ?? '');
    if (names.has(name) || (offered.map(bareType).includes(type) && !type.includes('*'))) continue;
    leave('media-type-unwritten');
    names.add(name);
  }
  const orJson = (types: readonly string[]) => (types.length === 0 ? ['application/json'] : types);
  return { names, accepted: orJson(operation.produces), sent: orJson(operation.consumes) };
}

function reasonOf(
  parameter: ParameterModel,
  value: JsonValue | undefined,
  { values }: WrittenRequest,
  twin: OperationModel,
  secrets: ReadonlySet<string>,
): Reason | undefined {
  const name = parameter.name.toLowerCase();
  const found = twin.parameters.find((one) => one.name.toLowerCase() === name);
  const isOrdinary = /^[!#$%&'*+.^`|~\w-]+$/.test(name) && !headersOfOpenapi.test(name);
  if (parameter.in === 'cookie' || (parameter.in === 'header' && !isOrdinary)) return 'parameter-header';
  if (found === undefined && secrets.has(name)) return 'parameter-secret';
  if (!values.has(name) && parameter.in !== 'path') return 'parameter-unwritten';
  if (Array.isArray(value) && found !== undefined && found.schema.kind !== 'array') return 'list-unshown';
  return undefined;
}
