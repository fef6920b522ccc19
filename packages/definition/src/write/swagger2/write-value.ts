import type { JsonObject, JsonValue, SchemaModel } from '../../model.ts';
import { resolveSchema } from '../../schema/json-schema.ts';
import { ownPrefix } from '../../source/reading.ts';
import type { Writing } from '../writing.ts';
import { writeFile, writeSchema } from './write-schema.ts';

/** What a parameter or a header says of its value in itself, and aside when Swagger 2.0 lets it say too little. */
export type WrittenValue = { readonly stated: JsonObject; readonly aside: JsonValue | undefined };

const simple: ReadonlySet<string> = new Set(['string', 'integer', 'number', 'boolean']);

/** Members that a parameter or header has beside its schema, so its schema cannot have them in the same place. */
const ofHolder = [
  'description',
  'summary',
  'visibility',
  'extensions',
  'writeOnly',
  'deprecated',
  'discriminator',
] as const;

/** Keywords that Swagger 2.0 has for schemas and not for parameters (OpenAPI 2.0, Parameter Object). */
const ofSchemasOnly = ['title', 'readOnly', 'example', 'externalDocs', 'xml', 'maxProperties', 'minProperties'];

/**
 * Writes a value that has to be said without a schema: of a parameter that is not a body, or of a header. `holds` names what the
 * holder lets a schema say in place besides.
 */
export function writeValue(
  writing: Writing,
  schema: SchemaModel,
  place: {
    readonly pointer: string;
    readonly name: string;
    readonly canBeFile: boolean;
    readonly isArray: boolean;
    readonly holds: readonly string[];
  },
): WrittenValue {
  const { pointer, name } = place;
  const isInPlace =
    isSimple(schema, place.canBeFile) &&
    (schema.kind !== 'array' || schema.collectionFormat === undefined || place.holds.includes('collectionFormat')) &&
    ofHolder.every((member) => place.holds.includes(member) || schema[member] === undefined);
  if (isInPlace) return { stated: withoutSchemaKeywords(stateSimple(writing, schema, pointer)), aside: undefined };
  const aside = writeSchema(writing, schema, `${pointer}/${ownPrefix}schema`);
  const nearest = nearestOf(writing, schema, place);
  if (schema.kind === 'any') writing.lose('parameter-type-assumed', pointer, { name });
  else if (!isFaithful(nearest, resolveSchema(writing.model, schema)))
    writing.lose('parameter-shape', pointer, { name });
  return { stated: withoutSchemaKeywords(stateSimple(writing, nearest, pointer)), aside };
}

function isSimple(schema: SchemaModel, canBeFile = false): boolean {
  if (schema.kind === 'array')
    return isSimple(schema.items) && ofHolder.every((member) => schema.items[member] === undefined);
  return simple.has(schema.kind) || (canBeFile && schema.kind === 'file');
}

function stateSimple(writing: Writing, schema: SchemaModel, pointer: string): JsonObject {
  return (schema.kind === 'file' ? writeFile : writeSchema)(writing, schema, pointer);
}

function withoutSchemaKeywords(stated: JsonObject): JsonObject {
  return Object.fromEntries(
    // What is kept aside as null is absent, so a null stays where it is.
    Object.entries(stated).map(([name, value]) => [
      ofSchemasOnly.includes(name) && value !== null ? ownPrefix + name : name,
      value,
    ]),
  );
}

/** The nearest shape that can be said without a schema. */
function nearestOf(
  writing: Writing,
  schema: SchemaModel,
  place: { readonly canBeFile: boolean; readonly isArray: boolean },
): SchemaModel {
  const { kind, ...resolved } = resolveSchema(writing.model, schema);
  const { format, enum: choices, default: fallback } = schema;
  const { constraints } = resolved;
  const kept = {
    ...((format ?? resolved.format) !== undefined && { format: format ?? resolved.format }),
    ...((choices ?? resolved.enum) !== undefined && { enum: choices ?? resolved.enum }),
    ...((fallback ?? resolved.default) !== undefined && { default: fallback ?? resolved.default }),
    ...(constraints !== undefined && { constraints }),
  } as Pick<SchemaModel, 'format'>;
  if (kind === 'array' && 'items' in resolved) {
    return { kind, items: nearestOf(writing, resolved.items, { canBeFile: false, isArray: false }), ...kept };
  }
  if (place.isArray) return { kind: 'array', items: { kind: 'string' } };
  if (kind === 'file') return place.canBeFile ? { kind } : { kind: 'string', format: 'binary' };
  if (kind === 'string' || kind === 'integer' || kind === 'number' || kind === 'boolean') return { kind, ...kept };
  return { kind: 'string' };
}

/** Whether the nearest shape says as much as the shape meant. */
function isFaithful(nearest: SchemaModel, meant: SchemaModel): boolean {
  if (nearest.kind === 'array' && meant.kind === 'array') return isFaithful(nearest.items, meant.items);
  return nearest.kind === meant.kind;
}
