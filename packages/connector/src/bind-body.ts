import {
  type BodyModel,
  type ConnectorModel,
  type JsonObject,
  type JsonValue,
  type OperationModel,
  resolveSchema,
} from '@patchbay/definition';
import { compileDefaults } from './body-defaults.ts';
import type { ParameterValues } from './contract.ts';
import { readEnvelope } from './envelope.ts';
import { ConnectorError } from './errors.ts';
import { unflatten } from './flattened-body.ts';
import { type EncodedBody, encodeMultipart, encodeUrlForm, type FormField } from './form-body.ts';
import { isJsonText, isJsonType } from './json-text.ts';
import { suppliedValue } from './supplied-value.ts';

export type BindBody = (parameters: ParameterValues) => EncodedBody | undefined;

/** How a body's value is written. */
export type EncodeBody = (value: JsonValue, given: ParameterValues) => EncodedBody;

/** Compiles a whole-document body: given under its name, flattened, or by its defaults. */
export function compileBody(
  model: ConnectorModel,
  operation: OperationModel,
  body: BodyModel,
  encode: EncodeBody = compileEncoding(model, operation, body),
): BindBody {
  const { name } = body;
  const prefix = `${name}/`;
  const fill = compileDefaults(model, body.schema);
  return (parameters) => {
    const whole = Object.hasOwn(parameters, name) ? parameters[name] : undefined;
    const members = Object.keys(parameters)
      .filter((key) => key.startsWith(prefix))
      .map((key): [string, JsonValue] => [key.slice(prefix.length), parameters[key] ?? null]);
    const given = unflatten(whole ?? undefined, members) ?? (body.required ? body.default : undefined);
    const value = fill === undefined || (given === undefined && !body.required) ? given : fill(given);
    if (value !== undefined) return encode(value, parameters);
    if (!body.required) return undefined;
    throw new ConnectorError(
      'parameter-missing',
      `The operation needs a body. Give it whole as "${name}", or by member as "${name}/…".`,
    );
  };
}

type Encode = (value: JsonValue) => EncodedBody;

/** The media type is that of the operation, JSON first, or what is given for a Content-Type parameter. */
function compileEncoding(model: ConnectorModel, operation: OperationModel, body: BodyModel): EncodeBody {
  const usual = operation.consumes.find(isJsonType) ?? operation.consumes[0] ?? 'application/json';
  const isText = resolveSchema(model, body.schema).kind === 'string';
  const parameter = operation.parameters.find((one) => one.in === 'header' && /^content-type$/i.test(one.name));
  const encoders = new Map<string, Encode>();
  const encoderOf = (contentType: string): Encode => {
    const known = encoders.get(contentType) ?? compileMediaType(contentType, isText);
    // Whatever callers give, only so many are worth keeping.
    if (encoders.size < 10) encoders.set(contentType, known);
    return known;
  };
  return (value, given) => {
    const envelope = readEnvelope(value);
    if (envelope !== undefined) return { contentType: envelope.contentType, body: envelope.bytes };
    const stated = parameter === undefined ? undefined : suppliedValue(parameter, given);
    return encoderOf(typeof stated === 'string' && stated.trim() !== '' ? stated.trim() : usual)(value);
  };
}

function compileMediaType(contentType: string, isText: boolean): Encode {
  if (isJsonType(contentType)) {
    return (value) => {
      // A string where an object is described is a document that was serialised already.
      const isSerialised = typeof value === 'string' && !isText && isJsonText(value);
      return { contentType, body: isSerialised ? value : JSON.stringify(value) };
    };
  }
  const asText = (value: JsonValue): EncodedBody => ({
    contentType,
    body: typeof value === 'string' ? value : JSON.stringify(value),
  });
  // A form whose fields the description does not name is given whole.
  if (/^application\/x-www-form-urlencoded/i.test(contentType)) {
    return (value) => (isObject(value) ? { ...encodeUrlForm(fieldsOf(value)), contentType } : asText(value));
  }
  if (/^multipart\/form-data/i.test(contentType)) {
    return (value) => (isObject(value) ? encodeMultipart(fieldsOf(value)) : asText(value));
  }
  if (isJsonSequence(contentType)) {
    return (value) => (Array.isArray(value) ? { contentType, body: writeSequence(contentType, value) } : asText(value));
  }
  return asText;
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lists are repeated, objects are JSON (OpenAPI 3.1.1, Encoding Object, defaults). */
function fieldsOf(value: JsonObject): readonly FormField[] {
  return Object.entries(value).flatMap(([name, member]: [string, JsonValue]): readonly FormField[] => {
    const items: readonly JsonValue[] = Array.isArray(member) ? member : [member];
    return items
      .filter((item) => item !== null)
      .map((item) => ({
        name,
        content: readEnvelope(item) ?? (typeof item === 'string' ? item : JSON.stringify(item)),
        ...(isObject(item) && { contentType: 'application/json' }),
      }));
  });
}

/** JSON values one after the other: a line each, or as RFC 7464 sets them apart. */
export function isJsonSequence(contentType: string): boolean {
  return /^application\/(jsonl|x-jsonlines|x-ndjson|json-seq)\s*(;|$)/i.test(contentType);
}

function writeSequence(contentType: string, values: readonly JsonValue[]): string {
  const mark = /json-seq/i.test(contentType) ? '\u001E' : '';
  return values.map((value) => `${mark}${JSON.stringify(value)}\n`).join('');
}
