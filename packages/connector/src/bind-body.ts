import {
  type BodyModel,
  type ConnectorModel,
  type JsonValue,
  type OperationModel,
  resolveSchema,
} from '@patchbay/definition';
import { compileDefaults } from './body-defaults.ts';
import type { ParameterValues } from './contract.ts';
import { readEnvelope } from './envelope.ts';
import { ConnectorError } from './errors.ts';
import { unflatten } from './flattened-body.ts';
import type { EncodedBody } from './form-body.ts';

export type BindBody = (parameters: ParameterValues) => EncodedBody | undefined;

/** Compiles a whole-document body: given under its name, flattened, or by its defaults. */
export function compileBody(model: ConnectorModel, operation: OperationModel, body: BodyModel): BindBody {
  const { name } = body;
  const prefix = `${name}/`;
  const fill = compileDefaults(model, body.schema);
  const encode = compileEncoding(model, operation, body);
  return (parameters) => {
    const whole = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const members = Object.keys(parameters)
      .filter((key) => key.startsWith(prefix))
      .map((key): [string, JsonValue] => [key.slice(prefix.length), parameters[key] ?? null]);
    const given = unflatten(whole ?? undefined, members) ?? (body.required ? body.default : undefined);
    const value = fill === undefined || (given === undefined && !body.required) ? given : fill(given);
    if (value !== undefined) return encode(value);
    if (!body.required) return undefined;
    throw new ConnectorError(
      'parameter-missing',
      `The operation needs a body. Give it whole as "${name}", or by member as "${name}/…".`,
    );
  };
}

function compileEncoding(
  model: ConnectorModel,
  operation: OperationModel,
  body: BodyModel,
): (value: JsonValue) => EncodedBody {
  const contentType = operation.consumes.find(isJsonType) ?? operation.consumes[0] ?? 'application/json';
  const isText = resolveSchema(model, body.schema).kind === 'string';
  const isJson = isJsonType(contentType);
  return (value) => {
    const envelope = readEnvelope(value);
    if (envelope !== undefined) return { contentType: envelope.contentType, body: envelope.bytes };
    if (!isJson) return { contentType, body: typeof value === 'string' ? value : JSON.stringify(value) };
    // A string where an object is described is a document that was serialised already.
    const isSerialised = typeof value === 'string' && !isText && isJsonText(value);
    return { contentType, body: isSerialised ? value : JSON.stringify(value) };
  };
}

export function isJsonType(contentType: string): boolean {
  return /^[^;]*[/+]json\s*(;|$)/i.test(contentType);
}

function isJsonText(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
