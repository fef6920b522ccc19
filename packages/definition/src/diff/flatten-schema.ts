import type { ConnectorModel, SchemaModel } from '../model.ts';
import { resolveSchema } from '../schema/json-schema.ts';

type ObjectSchema = Extract<SchemaModel, { readonly kind: 'object' }>;

/** A schema with the members of an `allOf` of objects put together into one object; anything else as it is. */
export function flattenSchema(model: Pick<ConnectorModel, 'schemas'>, schema: SchemaModel): SchemaModel {
  const parts = collect(model, schema, new Set());
  if (schema.kind !== 'allOf' || parts === undefined) return schema;
  const { kind: _, members: __, ...annotations } = schema;
  return {
    ...annotations,
    kind: 'object',
    properties: new Map(parts.flatMap((part) => [...part.properties])),
    required: [...new Set(parts.flatMap((part) => part.required))],
    additionalProperties: parts.every((part) => part.additionalProperties !== false),
  };
}

/** The objects that an `allOf` is made of, or undefined when it is made of something else too. */
function collect(
  model: Pick<ConnectorModel, 'schemas'>,
  schema: SchemaModel,
  visited: ReadonlySet<SchemaModel>,
): readonly ObjectSchema[] | undefined {
  const resolved = resolveSchema(model, schema);
  if (visited.has(resolved)) return [];
  if (resolved.kind === 'object') return [resolved];
  if (resolved.kind === 'any') return [];
  if (resolved.kind !== 'allOf') return undefined;
  const inner = new Set([...visited, resolved]);
  const parts = resolved.members.map((member) => collect(model, member, inner));
  return parts.some((part) => part === undefined) ? undefined : parts.flatMap((part) => part ?? []);
}
