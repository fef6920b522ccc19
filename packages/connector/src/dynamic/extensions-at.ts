import {
  type ConnectorModel,
  type JsonObject,
  type OperationModel,
  resolveSchema,
  type SchemaModel,
} from '@patchbay/definition';
import { ConnectorError } from '../errors.ts';

/** The extensions of a parameter, or of a property of the body by its path (`body/owner/id`); those on an array's items count too. */
export function extensionsAt(model: ConnectorModel, operation: OperationModel, path: string): JsonObject {
  const parameter = operation.parameters.find((one) => one.name === path);
  if (parameter !== undefined) {
    return { ...extensionsOf(model, parameter.schema), ...parameter.extensions };
  }
  const [name = '', ...names] = path.split('/');
  const { body } = operation;
  const holder = body?.name === name ? body.schema : operation.parameters.find((one) => one.name === name)?.schema;
  let schema = holder;
  for (const step of names) schema = schema === undefined ? undefined : memberOf(model, schema, step);
  if (schema === undefined) {
    throw new ConnectorError('parameter-unknown', `${operation.operationId} has no parameter ${path}.`);
  }
  return extensionsOf(model, schema);
}

/** A schema's own extensions over those of what it refers to, over those of its items. */
export function extensionsOf(model: ConnectorModel, schema: SchemaModel): JsonObject {
  const resolved = resolveSchema(model, schema);
  const items = resolved.kind === 'array' ? resolveSchema(model, resolved.items).extensions : undefined;
  return { ...items, ...resolved.extensions, ...schema.extensions };
}

function memberOf(model: ConnectorModel, schema: SchemaModel, name: string): SchemaModel | undefined {
  const resolved = resolveSchema(model, schema);
  switch (resolved.kind) {
    case 'object':
      return resolved.properties.get(name);
    case 'array':
      return /^\d+$|^items$/.test(name) ? resolved.items : memberOf(model, resolved.items, name);
    case 'allOf':
    case 'anyOf':
    case 'oneOf':
      return resolved.members.map((member) => memberOf(model, member, name)).find((found) => found !== undefined);
    default:
      return undefined;
  }
}
