import type { ConnectorModel, JsonObject, JsonValue, OperationModel, SchemaModel } from '../model.ts';

/** The schema behind references; a chain of references that leads nowhere or in a circle is any value. */
export function resolveSchema(model: Pick<ConnectorModel, 'schemas'>, schema: SchemaModel): SchemaModel {
  let current = schema;
  const visited = new Set<string>();
  while (current.kind === 'reference') {
    const target: SchemaModel | undefined = visited.has(current.name) ? undefined : model.schemas.get(current.name);
    if (target === undefined) return { kind: 'any' };
    visited.add(current.name);
    current = target;
  }
  return current;
}

/** The operation with an id, if there is one. */
export function findOperation(
  model: Pick<ConnectorModel, 'operations'>,
  operationId: string,
): OperationModel | undefined {
  return model.operations.find((operation) => operation.operationId === operationId);
}

/** A schema as JSON Schema (2020-12). Shared schemas that it reaches stand under `$defs`, so recursion is kept. */
export function toJsonSchema(model: Pick<ConnectorModel, 'schemas'>, schema: SchemaModel): JsonObject {
  const reached = new Map<string, JsonObject | undefined>();
  const pending: string[] = [];
  const refer = (name: string): void => {
    if (reached.has(name)) return;
    reached.set(name, undefined);
    pending.push(name);
  };
  const root = convert(schema, refer);
  for (let name = pending.pop(); name !== undefined; name = pending.pop()) {
    const target = model.schemas.get(name);
    reached.set(name, target === undefined ? {} : convert(target, refer));
  }
  if (reached.size === 0) return root;
  return { ...root, $defs: Object.fromEntries([...reached].map(([name, value]) => [name, value ?? {}])) };
}

function convert(schema: SchemaModel, refer: (name: string) => void): JsonObject {
  return { ...convertShape(schema, refer), ...convertAnnotations(schema) };
}

function convertShape(schema: SchemaModel, refer: (name: string) => void): JsonObject {
  const typed = (type: string): JsonObject => ({ type: schema.nullable === true ? [type, 'null'] : type });
  switch (schema.kind) {
    case 'reference':
      refer(schema.name);
      return { $ref: `#/$defs/${encodeURIComponent(schema.name.replaceAll('~', '~0').replaceAll('/', '~1'))}` };
    case 'object':
      return {
        ...typed('object'),
        properties: Object.fromEntries(
          [...schema.properties].map(([name, property]) => [name, convert(property, refer)]),
        ),
        ...(schema.required.length > 0 && { required: schema.required }),
        ...(schema.additionalProperties !== true && {
          additionalProperties:
            schema.additionalProperties === false ? false : convert(schema.additionalProperties, refer),
        }),
      };
    case 'array':
      return { ...typed('array'), items: convert(schema.items, refer) };
    case 'allOf':
    case 'oneOf':
    case 'anyOf':
      return { [schema.kind]: schema.members.map((one) => convert(one, refer)) };
    case 'any':
      return {};
    case 'file':
      return { ...typed('string'), format: 'binary' };
    default:
      return typed(schema.kind);
  }
}

function convertAnnotations(schema: SchemaModel): JsonObject {
  const {
    title,
    description,
    format,
    default: defaultValue,
    enum: choices,
    readOnly,
    constraints,
    summary,
    visibility,
  } = schema;
  const members: [string, JsonValue | undefined][] = [
    ['title', title],
    ['description', description],
    ['format', format],
    ['default', defaultValue],
    ['enum', choices],
    ['readOnly', readOnly],
    ['x-ms-summary', summary],
    ['x-ms-visibility', visibility],
  ];
  const stated = members.filter((entry): entry is [string, JsonValue] => entry[1] !== undefined);
  return { ...modernConstraints(constraints ?? {}), ...Object.fromEntries(stated) };
}

/** Draft-4 booleans of exclusive bounds, as Swagger 2.0 writes them, in their later numeric form. */
function modernConstraints(constraints: JsonObject): JsonObject {
  const { exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = constraints;
  const lower = exclusiveMinimum === true ? { exclusiveMinimum: minimum } : { minimum };
  const upper = exclusiveMaximum === true ? { exclusiveMaximum: maximum } : { maximum };
  const kept = Object.entries({ ...rest, ...lower, ...upper }).filter(
    (entry): entry is [string, JsonValue] => entry[1] !== undefined,
  );
  return Object.fromEntries(kept);
}
