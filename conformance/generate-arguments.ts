import type { ParameterValues } from '@patchbay/connector';
import {
  type ConnectorModel,
  type JsonObject,
  type JsonValue,
  type OperationModel,
  type ParameterModel,
  resolveSchema,
  type SchemaModel,
} from '@patchbay/definition';
import { sample, stringMatching } from 'fast-check';
import { conforms } from './conforms.ts';

/** Arguments for an operation that its own definition calls valid: every required parameter, and with `all` the optional ones too. */
export function generateArguments(model: ConnectorModel, operation: OperationModel, all = false): ParameterValues {
  const values: Record<string, JsonValue> = {};
  for (const parameter of operation.parameters) {
    if (!parameter.required && !all) continue;
    if (parameter.schema.kind === 'file')
      values[parameter.name] = { '$content-type': 'text/plain', $content: 'aGVsbG8=' };
    else if (parameter.in === 'header' && isOpenText(parameter.schema))
      values[parameter.name] = generateHeader(parameter.name, operation);
    else values[parameter.name] = generateParameter(model, parameter, all);
  }
  const { body } = operation;
  if (body !== undefined && (body.required || all))
    values[body.name] = generate(model, body.schema, 0, false, body.default);
  return values;
}

const maxDepth = 6;

/** An object that is written by a style has members enough to show it. */
function generateParameter(model: ConnectorModel, parameter: ParameterModel, all: boolean): JsonValue {
  const { schema, style, in: place } = parameter;
  const value = generate(model, schema, 0, place === 'path');
  if (style === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const resolved = resolveSchema(model, schema);
  const described = resolved.kind === 'object' ? resolved : undefined;
  const optional = [...(described?.properties ?? [])]
    .filter(([name]) => all && !Object.hasOwn(value, name))
    .slice(0, 5)
    .map(([name, one]): [string, JsonValue] => [name, generate(model, one, 1, false)]);
  const members = [...Object.entries(value), ...optional];
  if (members.length > 0) return Object.fromEntries(members);
  const more = described?.additionalProperties;
  const text = typeof more === 'object' ? generate(model, more, 1, true) : 'text';
  return { member: text, another: text };
}

/** Text of which the definition says nothing more. */
function isOpenText({ kind, format, default: preset, enum: choices, constraints }: SchemaModel): boolean {
  return kind === 'string' && [format, preset, choices, constraints?.['pattern']].every((one) => one === undefined);
}

/** Some headers take a media type, and the definition says elsewhere which. */
function generateHeader(name: string, { consumes, produces }: OperationModel): string {
  switch (name.toLowerCase()) {
    case 'content-type':
      return consumes[0] ?? 'application/json';
    case 'accept':
      return produces[0] ?? 'application/json';
    default:
      return 'text';
  }
}

/** A value of a schema; the preset that stands beside the schema, or its own, where the schema allows it. */
export function generate(
  model: ConnectorModel,
  schema: SchemaModel,
  depth: number,
  inPath: boolean,
  preset?: JsonValue,
): JsonValue {
  const resolved = resolveSchema(model, schema);
  const given = preset ?? schema.default ?? resolved.default;
  // Published defaults may contradict their own schema: another type, none of the choices, not the format.
  if (given !== undefined && given !== null && given !== '' && conforms(model, schema, given)) {
    // They also leave out what the same schema requires.
    const isPart = resolved.kind === 'object' && isObject(given);
    return isPart ? { ...generateObject(model, resolved, depth), ...given } : given;
  }
  const choices = schema.enum ?? resolved.enum;
  if (choices?.[0] !== undefined) return choices[0];
  switch (resolved.kind) {
    case 'object':
      return generateObject(model, resolved, depth);
    case 'array': {
      const count = Math.max(Number(resolved.constraints?.['minItems'] ?? 1), depth > maxDepth ? 0 : 1);
      return Array.from({ length: Math.min(count, 5) }, () => generate(model, resolved.items, depth + 1, inPath));
    }
    case 'allOf':
      return generateWhole(model, resolved.members, depth, inPath);
    case 'oneOf':
    case 'anyOf':
      return resolved.members[0] === undefined ? null : generate(model, resolved.members[0], depth + 1, inPath);
    case 'integer':
      return generateInteger(resolved);
    case 'number':
      return generateInteger(resolved);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'file':
      return { '$content-type': 'text/plain', $content: 'aGVsbG8=' };
    case 'string':
      return generateText(resolved);
    default:
      return inPath ? 'text' : {};
  }
}

function generateObject(
  model: ConnectorModel,
  schema: Pick<SchemaModel & { readonly kind: 'object' }, 'properties' | 'required'>,
  depth: number,
): JsonObject {
  const members: [string, JsonValue][] = [];
  for (const [name, property] of schema.properties) {
    if (schema.required.includes(name) && depth <= maxDepth)
      members.push([name, generate(model, property, depth + 1, false)]);
  }
  return Object.fromEntries(members);
}

/** All members at once: one may require what another describes. */
function generateWhole(
  model: ConnectorModel,
  members: readonly SchemaModel[],
  depth: number,
  inPath: boolean,
): JsonValue {
  const values = members.map((one) => generate(model, one, depth + 1, inPath));
  const objects = members.map((one) => resolveSchema(model, one)).filter((one) => one.kind === 'object');
  const whole = {
    properties: new Map(objects.flatMap((one) => [...one.properties])),
    required: objects.flatMap((one) => one.required),
  };
  return objects.length < 2 ? mergeObjects(values) : mergeObjects([generateObject(model, whole, depth), ...values]);
}

function isObject(value: JsonValue | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function mergeObjects(values: readonly JsonValue[]): JsonValue {
  const objects = values.filter(isObject);
  return objects.length === 0 ? (values[0] ?? null) : Object.assign({}, ...objects);
}

function generateInteger(schema: SchemaModel): number {
  const bound = (name: string): number | undefined => {
    const value = schema.constraints?.[name];
    return typeof value === 'number' ? value : undefined;
  };
  const isExclusive = schema.constraints?.['exclusiveMinimum'] === true;
  const minimum = bound('minimum');
  const step = bound('multipleOf') ?? 1;
  const start = minimum === undefined ? Math.min(1, bound('maximum') ?? 1) : minimum + (isExclusive ? step : 0);
  return step === 1 ? Math.ceil(start) : Math.ceil(start / step) * step;
}

const byFormat: Readonly<Record<string, string>> = {
  'date-time': '2026-01-31T12:00:00Z',
  'date-no-tz': '2026-01-31T12:00:00',
  date: '2026-01-31',
  time: '12:00:00Z',
  email: 'ada@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  hostname: 'example.com',
  duration: 'P1D',
  'json-pointer': '/a',
  'relative-json-pointer': '0',
  'uri-reference': '/a',
  'iso-date-time': '2026-01-31T12:00:00Z',
  'iso-time': '12:00:00Z',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uuid: '11111111-1111-4111-8111-111111111111',
  byte: 'aGVsbG8=',
};

function generateText(schema: SchemaModel): string {
  const { format, constraints } = schema;
  const known = format !== undefined && Object.hasOwn(byFormat, format) ? byFormat[format] : undefined;
  const pattern = constraints?.['pattern'];
  if (known !== undefined && pattern === undefined) return known;
  if (typeof pattern === 'string') return textMatching(pattern);
  const minLength = Number(constraints?.['minLength'] ?? 0);
  const maxLength = Number(constraints?.['maxLength'] ?? 100);
  return 'text'.padEnd(minLength, 'x').slice(0, Math.max(maxLength, 1));
}

/** The first of some common texts that a pattern accepts, else the shortest of a few that are made from it. */
export function textMatching(pattern: string): string {
  const candidates = [
    'text',
    'Text1',
    '1',
    '12',
    '123456',
    'AB',
    'abc-def',
    ...Object.values(byFormat),
    '+15550100',
    '#aabbcc',
    '12:00',
  ];
  try {
    const expression = new RegExp(pattern, 'u');
    const common = candidates.find((candidate) => expression.test(candidate));
    return common ?? sample(stringMatching(expression), { seed: 1, numRuns: 20 }).toSorted(byLength)[0] ?? 'text';
  } catch {
    // Not a pattern of this language's, or one that texts cannot be made from.
    return 'text';
  }
}

function byLength(left: string, right: string): number {
  return left.length - right.length;
}
