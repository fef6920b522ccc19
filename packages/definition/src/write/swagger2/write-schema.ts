import type { JsonObject, JsonValue, SchemaModel } from '../../model.ts';
import { resolveSchema } from '../../schema/json-schema.ts';
import { escapePointer } from '../../source/pointer.ts';
import { ownPrefix } from '../../source/reading.ts';
import { fromMap, members, someItems, type Writing } from '../writing.ts';

/** Keywords of JSON Schema that Swagger 2.0 does not have (OpenAPI 2.0, Schema Object). */
const laterKeywords: ReadonlySet<string> = new Set([
  'not',
  'if',
  'then',
  'else',
  'patternProperties',
  'propertyNames',
  'dependencies',
  'dependentRequired',
  'dependentSchemas',
  'contains',
  'minContains',
  'maxContains',
  'prefixItems',
  'additionalItems',
  'unevaluatedItems',
  'unevaluatedProperties',
  'contentEncoding',
  'contentMediaType',
  'contentSchema',
  'examples',
  '$schema',
  '$id',
  '$anchor',
  '$dynamicRef',
  '$dynamicAnchor',
  '$comment',
  '$defs',
  'definitions',
]);

/** Writes a Schema Object. What Swagger 2.0 has no words for stands beside its nearest in `x-patchbay-*`. */
export function writeSchema(writing: Writing, schema: SchemaModel, pointer: string): JsonObject {
  const { title, description, format, enum: choices, default: defaultValue, readOnly } = schema;
  return members({
    ...writeType(writing, schema, pointer),
    title,
    description,
    'x-ms-summary': schema.summary,
    'x-ms-visibility': schema.visibility,
    ...(format !== undefined && { format }),
    enum: choices,
    default: defaultValue,
    readOnly,
    ...writeParts(writing, schema, pointer),
    ...writeConstraints(writing, schema.constraints ?? {}, pointer),
    ...writeLaterAnnotations(writing, schema, pointer),
    ...schema.extensions,
  });
}

/** Writes the schema of a file where Swagger 2.0 lets one stand: in a response, and in a parameter of a form. */
export function writeFile(writing: Writing, schema: SchemaModel, pointer: string): JsonObject {
  const written = { ...writeSchema(writing, schema, pointer), type: 'file', format: schema.format ?? null };
  const own = new Set([`${ownPrefix}type`, `${ownPrefix}format`]);
  return Object.fromEntries(
    Object.entries(written).filter(([name, value]) => !own.has(name) && !(name === 'format' && value === null)),
  );
}

/** The pointer of a shared schema as a reference. */
export function referTo(name: string): string {
  return `#/definitions/${escapePointer(name).replaceAll('%', '%25')}`;
}

function writeType(
  writing: Writing,
  schema: SchemaModel,
  pointer: string,
): { readonly [name: string]: JsonValue | undefined } {
  switch (schema.kind) {
    case 'reference':
      return { $ref: referTo(schema.name) };
    case 'any':
    case 'allOf':
      return {};
    case 'oneOf':
    case 'anyOf': {
      writing.lose('schema-choice', pointer, { keyword: schema.kind });
      const areObjects = schema.members.every((one) => isObjectLike(writing, one));
      return areObjects && schema.members.length > 0 ? { type: 'object' } : {};
    }
    case 'null':
      writing.lose('schema-null', pointer);
      return { [`${ownPrefix}type`]: 'null' };
    case 'file':
      return {
        type: 'string',
        format: 'binary',
        [`${ownPrefix}type`]: 'file',
        // The format stands for the type here, and is not one of its own.
        [`${ownPrefix}format`]: schema.format === undefined ? null : undefined,
      };
    default:
      return { type: schema.kind };
  }
}

function isObjectLike(writing: Writing, schema: SchemaModel): boolean {
  const { kind } = resolveSchema(writing.model, schema);
  return kind === 'object' || kind === 'allOf';
}

function writeParts(
  writing: Writing,
  schema: SchemaModel,
  pointer: string,
): { readonly [name: string]: JsonValue | undefined } {
  switch (schema.kind) {
    case 'object': {
      const { additionalProperties: more } = schema;
      return {
        required: someItems(schema.required),
        properties:
          schema.properties.size === 0
            ? undefined
            : fromMap(schema.properties, (one, name) =>
                writeSchema(writing, one, `${pointer}/properties/${escapePointer(name)}`),
              ),
        additionalProperties:
          more === true
            ? undefined
            : more === false
              ? false
              : writeSchema(writing, more, `${pointer}/additionalProperties`),
      };
    }
    case 'array':
      return {
        items: writeSchema(writing, schema.items, `${pointer}/items`),
        collectionFormat: schema.collectionFormat,
      };
    case 'allOf':
    case 'oneOf':
    case 'anyOf': {
      const name = schema.kind === 'allOf' ? 'allOf' : `${ownPrefix}${schema.kind}`;
      return {
        [name]: schema.members.map((one, index) => writeSchema(writing, one, `${pointer}/${name}/${index}`)),
      };
    }
    default:
      return {};
  }
}

/** Bounds, in the form of draft 4 that Swagger 2.0 has, and whatever else a schema says. */
export function writeConstraints(writing: Writing, constraints: JsonObject, pointer: string): JsonObject {
  const written: [string, JsonValue][] = [];
  const isReplaced = (name: string): boolean =>
    (name === 'minimum' && typeof constraints['exclusiveMinimum'] === 'number') ||
    (name === 'maximum' && typeof constraints['exclusiveMaximum'] === 'number');
  for (const [name, value] of Object.entries(constraints)) {
    if (isReplaced(name)) continue;
    if ((name === 'exclusiveMinimum' || name === 'exclusiveMaximum') && typeof value === 'number') {
      const bound = name === 'exclusiveMinimum' ? 'minimum' : 'maximum';
      written.push(...writeExclusive(name, bound, value, constraints[bound] ?? null));
    } else if (laterKeywords.has(name) && value !== null) {
      writing.lose('schema-keyword', pointer, { keyword: name });
      written.push([ownPrefix + name, value]);
    } else written.push([name, value]);
  }
  return Object.fromEntries(written);
}

/** A bound that excludes its own value, as the bound and a mark; what was said stands beside it. */
function writeExclusive(name: string, bound: string, value: number, inclusive: JsonValue): [string, JsonValue][] {
  return [
    [bound, value],
    [name, true],
    [ownPrefix + bound, inclusive],
    [ownPrefix + name, value],
  ];
}

function writeLaterAnnotations(
  writing: Writing,
  { nullable, writeOnly, deprecated, discriminator }: SchemaModel,
  pointer: string,
): { readonly [name: string]: JsonValue | undefined } {
  if (nullable === true) writing.lose('schema-nullable', pointer);
  if (writeOnly === true) writing.lose('schema-write-only', pointer);
  if (deprecated === true) writing.lose('schema-deprecated', pointer);
  const mapping = discriminator?.mapping;
  if (mapping !== undefined && mapping.size > 0) writing.lose('schema-discriminator-mapping', pointer);
  return {
    discriminator: discriminator?.propertyName,
    'x-nullable': nullable,
    [`${ownPrefix}writeOnly`]: writeOnly,
    [`${ownPrefix}deprecated`]: deprecated,
    [`${ownPrefix}discriminator`]:
      discriminator === undefined || discriminator.mapping.size === 0
        ? undefined
        : { propertyName: discriminator.propertyName, mapping: Object.fromEntries(discriminator.mapping) },
  };
}
