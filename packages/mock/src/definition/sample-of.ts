import {
  type ConnectorModel,
  type JsonObject,
  type JsonValue,
  resolveSchema,
  type SchemaModel,
} from '@patchbay/definition';

/** Deeper than this nothing optional is made: schemas may contain themselves. */
const maxDepth = 6;

const texts: { readonly [format: string]: string } = {
  date: '2026-01-31',
  'date-time': '2026-01-31T12:00:00Z',
  'date-no-tz': '2026-01-31T12:00:00',
  time: '12:00:00Z',
  duration: 'PT1H',
  email: 'person@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  hostname: 'example.com',
  ipv4: '192.0.2.1',
  ipv6: '2001:db8::1',
  uuid: '00000000-0000-4000-8000-000000000001',
  byte: 'dGV4dA==',
  html: '<p>text</p>',
};

/** A value that a schema describes, always the same: what the schema gives as an example or a default, else one made of its words. */
export function sampleOf(model: ConnectorModel, schema: SchemaModel, depth = 0): JsonValue {
  const resolved = resolveSchema(model, schema);
  const stated = statedValue(schema) ?? statedValue(resolved);
  if (stated !== undefined && isOfKind(stated, resolved)) return stated;
  const bounds = resolved.constraints ?? {};
  switch (resolved.kind) {
    case 'object':
      return sampleObject(model, resolved, depth);
    case 'array': {
      const wanted = Math.max(number(bounds['minItems']) ?? 1, depth > maxDepth ? 0 : 1);
      const count = depth > maxDepth ? (number(bounds['minItems']) ?? 0) : wanted;
      return Array.from({ length: Math.min(count, 100) }, () => sampleOf(model, resolved.items, depth + 1));
    }
    case 'allOf':
      return merged(resolved.members.map((member) => sampleOf(model, member, depth + 1)));
    case 'oneOf':
    case 'anyOf': {
      const [first] = resolved.members;
      return first === undefined ? null : sampleOf(model, first, depth + 1);
    }
    case 'integer':
      return sampleNumber(bounds, 1);
    case 'number':
      return sampleNumber(bounds, 1.5);
    case 'boolean':
      return true;
    case 'null':
      return null;
    case 'string':
      return sampleText(resolved.format, bounds);
    case 'file':
      return 'text';
    case 'any':
      return {};
    case 'reference':
      return null;
  }
}

function statedValue({ constraints, default: preset, enum: choices }: SchemaModel): JsonValue | undefined {
  return (
    constraints?.['example'] ?? firstOf(constraints?.['examples']) ?? preset ?? choices?.[0] ?? constraints?.['const']
  );
}

/** Examples and defaults are written in forms, as text, and not every one of them is what its schema says. */
function isOfKind(value: JsonValue, { kind, nullable }: SchemaModel): boolean {
  if (value === null) return nullable === true || kind === 'null' || kind === 'any';
  switch (kind) {
    case 'object':
      return typeof value === 'object' && !Array.isArray(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isInteger(value);
    case 'file':
      return typeof value === 'string';
    case 'number':
    case 'string':
    case 'boolean':
      return typeof value === kind;
    case 'null':
      return false;
    default:
      return true;
  }
}

function firstOf(value: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(value) ? (value as readonly JsonValue[])[0] : undefined;
}

function sampleObject(
  model: ConnectorModel,
  { properties, required }: Extract<SchemaModel, { kind: 'object' }>,
  depth: number,
): JsonObject {
  const kept = [...properties].filter(([name, { writeOnly }]) => {
    if (required.includes(name)) return depth < maxDepth * 3;
    return writeOnly !== true && depth < maxDepth;
  });
  return Object.fromEntries(kept.map(([name, property]) => [name, sampleOf(model, property, depth + 1)]));
}

function merged(values: readonly JsonValue[]): JsonValue {
  const objects = values.filter(
    (one): one is JsonObject => typeof one === 'object' && one !== null && !Array.isArray(one),
  );
  if (objects.length < values.length) return values.find((one) => one !== null) ?? null;
  return Object.fromEntries(objects.flatMap((one) => Object.entries(one)));
}

function sampleNumber(bounds: JsonObject, usual: number): number {
  const { minimum, maximum, exclusiveMinimum, exclusiveMaximum, multipleOf } = bounds;
  const isWhole = Number.isInteger(usual);
  const open = isWhole ? 1 : 0.5;
  const lower = Math.max(
    (number(minimum) ?? Number.NEGATIVE_INFINITY) + (exclusiveMinimum === true ? open : 0),
    (number(exclusiveMinimum) ?? Number.NEGATIVE_INFINITY) + open,
  );
  const upper = Math.min(
    (number(maximum) ?? Number.POSITIVE_INFINITY) - (exclusiveMaximum === true ? open : 0),
    (number(exclusiveMaximum) ?? Number.POSITIVE_INFINITY) - open,
  );
  const chosen = Math.min(Math.max(usual, lower), upper);
  const step = number(multipleOf);
  if (step !== undefined && step > 0) return Math.ceil(chosen / step) * step;
  return isWhole ? Math.ceil(chosen) : chosen;
}

function sampleText(format: string | undefined, bounds: JsonObject): string {
  const known = format === undefined ? undefined : texts[format];
  const text = known ?? 'text';
  const shortest = Math.min(number(bounds['minLength']) ?? 0, 10_000);
  return text.padEnd(shortest, 'x').slice(0, number(bounds['maxLength']) ?? undefined);
}

function number(value: JsonValue | undefined): number | undefined {
  return typeof value === 'number' ? value : undefined;
}
