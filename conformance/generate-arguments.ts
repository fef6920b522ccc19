import type { ParameterValues } from '@patchbay/connector';
import {
  type ConnectorModel,
  type JsonValue,
  type OperationModel,
  resolveSchema,
  type SchemaModel,
} from '@patchbay/definition';

/** Arguments for an operation that its own definition calls valid: every required parameter, and with `all` the optional ones too. */
export function generateArguments(model: ConnectorModel, operation: OperationModel, all = false): ParameterValues {
  const values: Record<string, JsonValue> = {};
  for (const parameter of operation.parameters) {
    if (!parameter.required && !all) continue;
    if (parameter.schema.kind === 'file')
      values[parameter.name] = { '$content-type': 'text/plain', $content: 'aGVsbG8=' };
    else values[parameter.name] = generate(model, parameter.schema, 0, parameter.in === 'path');
  }
  const { body } = operation;
  if (body !== undefined && (body.required || all))
    values[body.name] = body.default ?? generate(model, body.schema, 0, false);
  return values;
}

const maxDepth = 6;

function generate(model: ConnectorModel, schema: SchemaModel, depth: number, inPath: boolean): JsonValue {
  const resolved = resolveSchema(model, schema);
  const given = schema.default ?? resolved.default;
  if (given !== undefined && given !== null && given !== '') return given;
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
      return mergeObjects(resolved.members.map((one) => generate(model, one, depth + 1, inPath)));
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
  schema: SchemaModel & { readonly kind: 'object' },
  depth: number,
): JsonValue {
  const members: [string, JsonValue][] = [];
  for (const [name, property] of schema.properties) {
    if (schema.required.includes(name) && depth <= maxDepth)
      members.push([name, generate(model, property, depth + 1, false)]);
  }
  return Object.fromEntries(members);
}

function mergeObjects(values: readonly JsonValue[]): JsonValue {
  const objects = values.filter((value) => typeof value === 'object' && value !== null && !Array.isArray(value));
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
  if (typeof pattern === 'string') return matching(pattern);
  const minLength = Number(constraints?.['minLength'] ?? 0);
  const maxLength = Number(constraints?.['maxLength'] ?? 100);
  return 'text'.padEnd(minLength, 'x').slice(0, Math.max(maxLength, 1));
}

/** The first of some common texts that a pattern accepts. */
function matching(pattern: string): string {
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
    return candidates.find((candidate) => expression.test(candidate)) ?? 'text';
  } catch {
    return 'text';
  }
}
