import {
  type ConnectorModel,
  type JsonObject,
  type JsonValue,
  resolveSchema,
  type SchemaModel,
} from '@patchbay/definition';

/** Completes a value with what its schema requires and gives a default for; undefined when the schema gives none. */
export type FillDefaults = (value: JsonValue | undefined) => JsonValue | undefined;

/** Nested further, defaults are not looked for: published schemas do not go there, recursive ones would never end. */
const maxDepth = 12;

/**
 * Compiles a schema's required defaults: required properties that are missing are sent with their default, optional ones are not,
 * as the ecosystem treats internal parameters.
 */
export function compileDefaults(
  model: ConnectorModel,
  schema: SchemaModel,
  path: readonly string[] = [],
): FillDefaults | undefined {
  if (path.length > maxDepth || (schema.kind === 'reference' && path.includes(schema.name))) return undefined;
  const name = schema.kind === 'reference' ? schema.name : '';
  const resolved = resolveSchema(model, schema);
  const deeper = [...path, name];
  if (resolved.kind === 'allOf') return compileAll(resolved.members.map((one) => compileDefaults(model, one, deeper)));
  if (resolved.kind !== 'object') return undefined;
  const fillers: [string, boolean, JsonValue | undefined, FillDefaults | undefined][] = [];
  for (const [property, propertySchema] of resolved.properties) {
    const isRequired = resolved.required.includes(property);
    const nested = compileDefaults(model, propertySchema, deeper);
    const given = propertySchema.default ?? resolveSchema(model, propertySchema).default;
    if ((isRequired && given !== undefined) || nested !== undefined)
      fillers.push([property, isRequired, given, nested]);
  }
  return fillers.length === 0 ? undefined : (value) => fillObject(value, fillers);
}

function compileAll(members: readonly (FillDefaults | undefined)[]): FillDefaults | undefined {
  const fillers = members.filter((one) => one !== undefined);
  return fillers.length === 0 ? undefined : (value) => fillers.reduce((filled, fill) => fill(filled), value);
}

function fillObject(
  value: JsonValue | undefined,
  fillers: readonly (readonly [string, boolean, JsonValue | undefined, FillDefaults | undefined])[],
): JsonValue | undefined {
  if (value !== undefined && (typeof value !== 'object' || value === null || Array.isArray(value))) return value;
  const given = (value ?? {}) as JsonObject;
  const added: [string, JsonValue][] = [];
  for (const [name, isRequired, defaultValue, nested] of fillers) {
    const own = Object.hasOwn(given, name) ? given[name] : undefined;
    const start = own ?? (isRequired ? defaultValue : undefined);
    if (start === undefined && !isRequired) continue;
    const filled = nested === undefined ? start : nested(start);
    if (filled !== undefined && filled !== own) added.push([name, filled]);
  }
  return added.length === 0 ? value : Object.fromEntries([...Object.entries(given), ...added]);
}
