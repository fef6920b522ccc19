import {
  type ConnectorModel,
  type JsonValue,
  type OperationModel,
  type ParameterModel,
  resolveSchema,
} from '@patchbay/definition';
import type { BindBody } from './bind-body.ts';
import { type Envelope, readEnvelope } from './envelope.ts';
import { encodeMultipart, encodeUrlForm, type FormField } from './form-body.ts';
import { writeDocument, writePairs } from './parameter-style.ts';
import { compileTexts } from './parameter-text.ts';
import { missing, suppliedValue } from './supplied-value.ts';

type WriteFields = (value: JsonValue) => readonly FormField[];
type Slot = { readonly parameter: ParameterModel; readonly write: WriteFields };

/** Compiles the form fields of an operation; undefined when it has none. A file makes the form a multipart one. */
export function compileForm(model: ConnectorModel, operation: OperationModel): BindBody | undefined {
  const parameters = operation.parameters.filter((parameter) => parameter.in === 'formData');
  if (parameters.length === 0) return undefined;
  const slots = parameters.map((parameter): Slot => ({ parameter, write: compileField(model, parameter) }));
  const isMultipart =
    parameters.some((parameter) => holdsFiles(model, parameter)) ||
    operation.consumes.some((type) => type.toLowerCase().startsWith('multipart/form-data'));
  return (given) => {
    const fields: FormField[] = [];
    for (const { parameter, write } of slots) {
      const value = suppliedValue(parameter, given);
      if (value !== undefined) fields.push(...write(value));
      else if (parameter.required) throw missing(parameter);
    }
    return isMultipart ? encodeMultipart(fields) : encodeUrlForm(fields);
  };
}

function holdsFiles(model: ConnectorModel, parameter: ParameterModel): boolean {
  const schema = resolveSchema(model, parameter.schema);
  return schema.kind === 'file' || (schema.kind === 'array' && resolveSchema(model, schema.items).kind === 'file');
}

function compileField(model: ConnectorModel, parameter: ParameterModel): WriteFields {
  const { name } = parameter;
  const part = partOf(model, parameter);
  if (holdsFiles(model, parameter)) {
    return (value) => listOf(value).map((one) => ({ name, ...part, content: fileOf(one, part.contentType) }));
  }
  const writeText = compileFieldText(model, parameter);
  return (value) => {
    const files = listOf(value).map(readEnvelope);
    if (files.length > 0 && files.every((file) => file !== undefined)) {
      return files.map((content) => ({ name, ...part, content }));
    }
    return writeText(value).map((field) => ({ ...part, ...field }));
  };
}

function compileFieldText(model: ConnectorModel, parameter: ParameterModel): WriteFields {
  const { name, style } = parameter;
  if (style === undefined) {
    const texts = compileTexts(model, parameter);
    return (value) => texts(value).map((content) => ({ name, content }));
  }
  if (style.kind === 'content' || style.kind === 'querystring') {
    const isText = resolveSchema(model, parameter.schema).kind === 'string';
    return (value) => [{ name, content: writeDocument(style.mediaType, value, isText) }];
  }
  const { allowReserved } = style;
  return (value) =>
    writePairs(style, name, value, (text) => text).map(([key, content]) => ({ name: key, content, allowReserved }));
}

/** What stands at the head of each of a parameter's parts. */
function partOf(model: ConnectorModel, { part }: ParameterModel): Pick<FormField, 'contentType' | 'headers'> {
  if (part === undefined) return {};
  // A list or a range says what is taken; the first of it that is a type is sent.
  const contentType = part.contentType
    ?.split(',')
    .map((type) => type.trim())
    .find((type) => !type.includes('*'));
  const headers = part.headers.flatMap(({ name, schema }): [string, string][] => {
    const resolved = resolveSchema(model, schema);
    const fixed = schema.default ?? resolved.default ?? (schema.enum ?? resolved.enum)?.[0];
    return fixed === undefined ? [] : [[name, String(fixed)]];
  });
  return { ...(contentType !== undefined && { contentType }), ...(headers.length > 0 && { headers }) };
}

const unknownType = 'application/octet-stream';

function fileOf(value: JsonValue, contentType: string | undefined): Envelope {
  const envelope = readEnvelope(value);
  if (envelope === undefined) {
    const text = typeof value === 'string' ? value : JSON.stringify(value);
    return { contentType: contentType ?? unknownType, bytes: Buffer.from(text) };
  }
  return envelope.contentType === unknownType ? { ...envelope, contentType: contentType ?? unknownType } : envelope;
}

function listOf(value: JsonValue): readonly JsonValue[] {
  return Array.isArray(value) ? value : [value];
}
