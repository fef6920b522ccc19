import {
  type ConnectorModel,
  type JsonObject,
  type JsonValue,
  membersOf,
  requiredChoices,
  resolveSchema,
  type SchemaModel,
  type SoapMessage,
  type XmlTypeUse,
} from '@patchbay/definition';
import { generate } from './generate-arguments.ts';

/** Adds to a message's JSON the branches that its choices require, which its schema cannot say: the first of each. */
export function completeChoices(
  model: ConnectorModel,
  message: SoapMessage,
  schema: SchemaModel,
  value: JsonValue,
): JsonValue {
  const [only] = message.parts;
  if (message.shape === 'content' && only !== undefined) return complete(model, only.type, schema, value, 0);
  return completeMembers(
    model,
    message.parts.map(({ member, type }) => [member, type]),
    schema,
    value,
    0,
  );
}

const maxDepth = 12;

function complete(
  model: ConnectorModel,
  use: XmlTypeUse,
  schema: SchemaModel,
  value: JsonValue,
  depth: number,
): JsonValue {
  const type = use.kind === 'complex' ? model.xmlTypes?.get(use.key) : undefined;
  if (type === undefined || depth > maxDepth) return value;
  const resolved = resolveSchema(model, schema);
  if (Array.isArray(value)) {
    const items = resolved.kind === 'array' ? resolved.items : schema;
    const inner = type.array?.item ?? use;
    return value.map((item: JsonValue) => complete(model, inner, items, item, depth + 1));
  }
  if (!isObject(value) || resolved.kind !== 'object') return value;
  const added = requiredChoices(type.content).flatMap((branches): [string, JsonValue][] => {
    if (branches.some((names) => names.some((name) => Object.hasOwn(value, name)))) return [];
    return (branches[0] ?? []).map((name) => [name, generateMember(model, resolved.properties.get(name), depth)]);
  });
  const uses = [...membersOf(type.content)].map(
    ([
      name,
      {
        use: { type: inner },
      },
    ]): [string, XmlTypeUse] => [name, inner],
  );
  return completeMembers(model, uses, resolved, { ...value, ...Object.fromEntries(added) }, depth);
}

function completeMembers(
  model: ConnectorModel,
  uses: readonly (readonly [string, XmlTypeUse])[],
  schema: SchemaModel,
  value: JsonValue,
  depth: number,
): JsonValue {
  const resolved = resolveSchema(model, schema);
  if (!isObject(value) || resolved.kind !== 'object') return value;
  const types = new Map(uses);
  return Object.fromEntries(
    Object.entries(value).map(([name, item]): [string, JsonValue] => {
      const [type, property] = [types.get(name), resolved.properties.get(name)];
      return [name, type && property ? complete(model, type, property, item, depth + 1) : item];
    }),
  );
}

function generateMember(model: ConnectorModel, schema: SchemaModel | undefined, depth: number): JsonValue {
  return schema === undefined ? {} : generate(model, schema, depth, false);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
