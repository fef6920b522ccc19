import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { compile, type ParameterValues } from '@patchbay/connector';
import {
  type ConnectorModel,
  type JsonObject,
  type JsonValue,
  type OperationModel,
  readConnector,
  type SchemaModel,
} from '@patchbay/definition';
import { upgradeFromTwoToThree } from '@scalar/openapi-upgrader/2.0-to-3.0';
import { requestText } from './bind-operations.ts';
import { generateArguments } from './generate-arguments.ts';
import type { Report } from './report.ts';
import { walkFiles } from './walk-files.ts';

/** Why an operation, or a whole definition, has no counterpart that could be compared. Rules only, never names. */
const exclusions = {
  notJson: 'definitions that are JSON only to a lenient reader: the converter takes none',
  notConverted: 'definitions that the converter fails on',
  bodyAndForm: 'operations with a body and a form at once, which Swagger 2.0 forbids',
  formAsBody: 'operations whose body has only media types of forms: a body there, fields in OpenAPI 3',
  binaryText: 'operations with a form field that is text in the format binary: a file in OpenAPI 3',
  formatBeyondStyles: 'operations with a collection format that OpenAPI 3 has no style for at that place',
} as const;

type Exclusion = keyof typeof exclusions;
/** A definition and the same one as OpenAPI 3. */
type Pair = { readonly original: ConnectorModel; readonly counterpart: ConnectorModel };

/**
 * Turns every Swagger 2.0 definition below a path into OpenAPI 3 by somebody else's converter, and compares what the operations of
 * both bind to with the same arguments: the required ones, and all. Counted are operations.
 */
export async function runCounterparts(path: string): Promise<Report> {
  const counts = { passed: 0, failed: 0 };
  const excluded = new Map<Exclusion, number>();
  const exclude = (reason: Exclusion): void => void excluded.set(reason, (excluded.get(reason) ?? 0) + 1);
  const lines: string[] = [];
  let withoutAccept = 0;
  for (const file of walkFiles(path)) {
    if (!/\.swagger\.json$/i.test(basename(file))) continue;
    const pair = readPair(file);
    if (typeof pair === 'string') {
      exclude(pair);
      continue;
    }
    for (const operation of pair.original.operations) {
      const other = pair.counterpart.operations.find(
        (one) => one.path === operation.path && one.method === operation.method,
      );
      const reason = exclusionOf(operation);
      if (reason !== undefined) {
        exclude(reason);
        continue;
      }
      const problem = compare(pair, operation, other);
      if (!saysAnswers(operation, other)) withoutAccept += 1;
      if (problem === undefined) counts.passed += 1;
      else {
        counts.failed += 1;
        lines.push(`${relative(path, file)} ${operation.operationId}: ${problem}`);
      }
    }
  }
  const skipped = [...excluded.values()].reduce((sum, count) => sum + count, 0);
  for (const [reason, count] of excluded) lines.push(`excluded: ${count} ${exclusions[reason]}`);
  lines.push(
    `compared without the Accept header: ${withoutAccept} operations of which one side says no media type of the answer`,
  );
  return { ...counts, skipped, lines };
}

function readPair(file: string): Pair | Exclusion {
  const text = readFileSync(file, 'utf8');
  const path = join(dirname(file), 'apiProperties.json');
  const properties = existsSync(path)
    ? { properties: { name: 'apiProperties.json', content: readFileSync(path) } }
    : {};
  const read = (content: string): ConnectorModel | undefined =>
    readConnector({ definition: { name: basename(file), content }, ...properties }).model;
  const parsed = attempt(() => JSON.parse(text) as JsonObject);
  if (parsed === undefined) return 'notJson';
  const converted = attempt(() => JSON.stringify(upgradeFromTwoToThree(withOwnParameters(parsed))));
  if (converted === undefined) return 'notConverted';
  const [original, counterpart] = [read(text), read(converted)];
  if (original === undefined || counterpart === undefined) throw new Error(`${file} cannot be read.`);
  return { original, counterpart };
}

function attempt<Result>(work: () => Result): Result | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

/** The converter leaves references to shared bodies where parameters are listed, so parameters are put in their place before. */
function withOwnParameters(document: JsonObject): JsonObject {
  const shared = document['parameters'] as JsonObject | undefined;
  const visit = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(visit);
    if (typeof value !== 'object' || value === null) return value;
    const { $ref: reference } = value as JsonObject;
    const name = typeof reference === 'string' ? /^#\/parameters\/(.+)$/.exec(reference)?.[1] : undefined;
    const target = name === undefined ? undefined : shared?.[name];
    if (target !== undefined) return structuredClone(target);
    return Object.fromEntries(Object.entries(value).map(([key, one]: [string, JsonValue]) => [key, visit(one)]));
  };
  return visit(document) as JsonObject;
}

function exclusionOf({ body, consumes, parameters }: OperationModel): Exclusion | undefined {
  const isForm = (type: string): boolean => /^(multipart\/form-data|application\/x-www-form-urlencoded)/i.test(type);
  if (body !== undefined && consumes.length > 0 && consumes.every(isForm)) return 'formAsBody';
  if (body !== undefined && parameters.some((one) => one.in === 'formData')) return 'bodyAndForm';
  if (parameters.some((one) => one.in === 'formData' && isBinaryText(one.schema))) return 'binaryText';
  const isBeyond = parameters.some(({ in: place, collectionFormat: format }) =>
    place === 'query' || place === 'formData' ? format === 'tsv' : format !== undefined && format !== 'csv',
  );
  return isBeyond ? 'formatBeyondStyles' : undefined;
}

function isBinaryText(schema: SchemaModel): boolean {
  return schema.kind === 'array' ? isBinaryText(schema.items) : schema.kind === 'string' && schema.format === 'binary';
}

/** Whether both sides say which media types the answer has. The converter takes JSON where nothing is said, and nothing where no answer has a schema. */
function saysAnswers(operation: OperationModel, other: OperationModel | undefined): boolean {
  return operation.produces.length > 0 && (other?.produces.length ?? 0) > 0;
}

/** How the requests of two operations differ, or undefined. */
function compare(pair: Pair, operation: OperationModel, other: OperationModel | undefined): string | undefined {
  if (other === undefined) return 'is not in the counterpart';
  for (const all of [false, true]) {
    const given = generateArguments(pair.original, operation, all);
    const [expected, actual] = [
      bind(pair.original, operation, given),
      bind(pair.counterpart, other, withBodyName(given, operation, other)),
    ].map((bound) => (saysAnswers(operation, other) ? bound : bound.replace(/"accept":"[^"]*"/, '')));
    if (expected !== actual) return `${expected} became ${actual}`;
  }
  return undefined;
}

/** OpenAPI 3 gives bodies no name. */
function withBodyName(given: ParameterValues, { body }: OperationModel, other: OperationModel): ParameterValues {
  if (body === undefined || other.body === undefined || !Object.hasOwn(given, body.name)) return given;
  const { [body.name]: value = null, ...rest } = given;
  return { ...rest, [other.body.name]: value };
}

function bind(model: ConnectorModel, { operationId }: OperationModel, given: ParameterValues): string {
  try {
    return requestText(compile(model, { baseUrl: 'https://example.com' }).operation(operationId).bind(given));
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
