import {
  type ConnectionParameter,
  type ConnectorModel,
  type JsonObject,
  type OperationModel,
  type ParameterModel,
  resolveSchema,
  type SchemaModel,
  toJsonSchema,
} from '@patchbay/definition';

/** An operation as the portal and the command line show it. */
export function operationView(model: ConnectorModel, operation: OperationModel): object {
  const { operationId, method, path, summary, description, visibility, deprecated, trigger, body } = operation;
  return {
    operationId,
    method: method.toUpperCase(),
    path,
    summary,
    description,
    visibility,
    deprecated,
    kind: trigger === undefined ? 'action' : 'trigger',
    ...(trigger !== undefined && { trigger: { kind: trigger.kind, batch: trigger.batch } }),
    parameters: [
      ...operation.parameters.map((parameter) => parameterView(model, parameter)),
      ...(body === undefined
        ? []
        : [
            {
              name: body.name,
              in: 'body',
              required: body.required,
              type: typeOf(model, body.schema),
              schema: toJsonSchema(model, body.schema),
              summary: body.summary,
              description: body.description,
              visibility: body.visibility,
              ...(body.default !== undefined && { default: body.default }),
            },
          ]),
    ],
    responses: operation.responses.map((response) => ({
      status: response.status,
      description: response.description,
      ...(response.schema !== undefined && { schema: toJsonSchema(model, response.schema) }),
    })),
  };
}

/** What a person is asked for when making a connection. */
export function connectionParameterView(parameter: ConnectionParameter): object {
  const { name, type, displayName, description, tooltip, required, hidden, clearText, allowedValues } = parameter;
  return {
    name,
    type,
    displayName,
    description,
    tooltip,
    required,
    hidden,
    clearText,
    ...(parameter.default !== undefined && { default: parameter.default }),
    allowedValues,
  };
}

function parameterView(model: ConnectorModel, parameter: ParameterModel): object {
  const { name, required, schema, summary, description, visibility, collectionFormat } = parameter;
  const resolved = resolveSchema(model, schema);
  return {
    name,
    in: parameter.in,
    required,
    type: typeOf(model, schema),
    ...(resolved.format !== undefined && { format: resolved.format }),
    summary,
    description,
    visibility,
    ...(parameter.default !== undefined && { default: parameter.default }),
    ...(resolved.enum !== undefined && { enum: resolved.enum }),
    ...(collectionFormat !== undefined && { collectionFormat }),
    ...(isStructured(resolved) && { schema: toJsonSchema(model, schema) satisfies JsonObject }),
  };
}

function isStructured(schema: SchemaModel): boolean {
  return schema.kind === 'object' || schema.kind === 'array';
}

function typeOf(model: ConnectorModel, schema: SchemaModel): string {
  const { kind } = resolveSchema(model, schema);
  return kind === 'reference' || kind === 'allOf' || kind === 'oneOf' || kind === 'anyOf' ? 'object' : kind;
}
