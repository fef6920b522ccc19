import type { JsonObject, JsonValue, SchemaModel } from '../../model.ts';
import { fromMap, members, someItems } from '../writing.ts';
import type { ModernWriting } from './modern-writing.ts';

/** Writes a schema as OpenAPI 3.1 has it: JSON Schema 2020-12 with the vocabulary of the ecosystem. */
export function writeSchema31(writing: ModernWriting, schema: SchemaModel): JsonObject {
  const { nullable = false, enum: choices } = schema;
  const isNullableWhole = nullable && !isTyped(schema) && schema.kind !== 'any';
  const shape = writeShape(writing, schema);
  const { discriminator, format } = schema;
  return members({
    ...(isNullableWhole ? { anyOf: [members(shape), { type: 'null' }] } : shape),
    format: format ?? (schema.kind === 'file' ? 'binary' : undefined),
    title: schema.title,
    description: schema.description,
    'x-ms-summary': schema.summary,
    'x-ms-visibility': schema.visibility,
    enum: choices === undefined || !nullable || choices.includes(null) ? choices : [...choices, null],
    default: schema.default,
    readOnly: schema.readOnly,
    writeOnly: schema.writeOnly,
    deprecated: schema.deprecated,
    discriminator: discriminator && {
      propertyName: discriminator.propertyName,
      ...(discriminator.mapping.size > 0 && {
        mapping: fromMap(discriminator.mapping, (name) => referTo31(writing, name)),
      }),
    },
    ...modernBounds(schema.constraints ?? {}),
    ...schema.extensions,
  });
}

export function referTo31(writing: ModernWriting, name: string): string {
  return `#/components/schemas/${writing.schemaNames.get(name) ?? name}`;
}

function isTyped({ kind }: SchemaModel): boolean {
  return !['reference', 'allOf', 'oneOf', 'anyOf', 'any'].includes(kind);
}

function writeShape(writing: ModernWriting, schema: SchemaModel): { readonly [name: string]: JsonValue | undefined } {
  const typed = (type: string) => ({ type: schema.nullable === true && type !== 'null' ? [type, 'null'] : type });
  switch (schema.kind) {
    case 'reference':
      return { $ref: referTo31(writing, schema.name) };
    case 'any':
      return {};
    case 'file':
      return typed('string');
    case 'allOf':
    case 'oneOf':
    case 'anyOf':
      return { [schema.kind]: someItems(schema.members.map((one) => writeSchema31(writing, one))) };
    case 'array':
      return {
        ...typed('array'),
        items: writeSchema31(writing, schema.items),
        // No keyword of JSON Schema, which allows others: how lists within lists are written.
        collectionFormat: schema.collectionFormat,
      };
    case 'object': {
      const { properties, additionalProperties: more } = schema;
      return {
        ...typed('object'),
        required: someItems([...new Set(schema.required)]),
        properties: properties.size === 0 ? undefined : fromMap(properties, (one) => writeSchema31(writing, one)),
        additionalProperties: more === true ? undefined : more === false ? false : writeSchema31(writing, more),
      };
    }
    default:
      return typed(schema.kind);
  }
}

/** Bounds that exclude their own value as numbers, which draft 4 marks. */
function modernBounds(constraints: JsonObject): JsonObject {
  const written = { ...constraints };
  for (const [mark, bound] of [
    ['exclusiveMinimum', 'minimum'],
    ['exclusiveMaximum', 'maximum'],
  ] as const) {
    if (typeof written[mark] !== 'boolean') continue;
    const isExclusive = written[mark];
    const value = written[bound];
    delete written[mark];
    if (!isExclusive || typeof value !== 'number') continue;
    delete written[bound];
    written[mark] = value;
  }
  return written;
}
