import type { HeaderModel, JsonObject, ParameterModel, SchemaModel } from '../model.ts';
import { readHeaders } from '../operation/read-headers.ts';
import { readBehind, readVisibility } from '../schema/read-schema.ts';
import { escapePointer } from '../source/pointer.ts';
import { member, type Reading } from '../source/reading.ts';
import { isJson, isMultipartForm, type MediaType, readMediaSchema } from './media-types.ts';
import { viewObject } from './object-view.ts';
import { readStyle } from './read-style.ts';
import { isBinary, shapeOf } from './value-shape.ts';

export type Form = {
  readonly operation: string;
  /** Whether the form has to be sent. */
  readonly isRequired: boolean;
  readonly location: 'formData' | 'query';
};

type Field = {
  readonly name: string;
  readonly schema: SchemaModel;
  /** The field's Encoding Object. */
  readonly encoding: JsonObject;
  readonly pointer: string;
  readonly form: Form & { readonly isMultipart: boolean };
};

/** A form's fields as parameters; undefined when the schema does not name them. */
export function readFormFields(reading: Reading, media: MediaType, form: Form): readonly ParameterModel[] | undefined {
  const view = viewObject(reading, readMediaSchema(reading, media));
  if (view === undefined || (view.properties.size === 0 && view.describesMore)) return undefined;
  if (view.describesMore) reading.lose('form-fields-not-carried', media.pointer, { operation: form.operation });
  const encodings = reading.object(media.value, 'encoding', media.pointer);
  const isMultipart = isMultipartForm(media.name);
  return [...view.properties].flatMap(([name, schema]): ParameterModel[] => {
    // What only the API writes is not sent.
    if (schema.readOnly === true || readBehind(reading, schema).readOnly === true) return [];
    const encoding = reading.object(encodings, name, `${media.pointer}/encoding`);
    const pointer = `${media.pointer}/encoding/${escapePointer(name)}`;
    const field: Field = { name, schema, encoding, pointer, form: { ...form, isMultipart } };
    return [readField(reading, field, form.isRequired && view.required.has(name), media.pointer)];
  });
}

function readField(reading: Reading, field: Field, required: boolean, pointer: string): ParameterModel {
  const { name, form } = field;
  const whole = fileSchema(reading, field.schema);
  const { summary, description, visibility, extensions, ...schema } = whole;
  const behind = readBehind(reading, schema);
  const defaultValue = schema.default ?? behind.default;
  const part = form.isMultipart ? readPart(reading, field) : undefined;
  return {
    name,
    in: form.location,
    required,
    schema,
    ...readWriting(reading, { ...field, schema }),
    ...(part !== undefined && { part }),
    urlEncoding: 'single',
    summary: summary ?? behind.summary ?? name,
    description: description ?? behind.description ?? '',
    visibility: readVisibility(visibility ?? behind.visibility),
    ...(defaultValue !== undefined && { default: defaultValue }),
    allowEmptyValue: false,
    ...(schema.deprecated === true && { deprecated: true }),
    extensions: extensions ?? {},
    pointer,
  };
}

/** Binary text in a form is a file. */
function fileSchema(reading: Reading, schema: SchemaModel): SchemaModel {
  if (isBinary(reading, schema)) return toFile(reading, schema);
  const behind = readBehind(reading, schema);
  if (behind.kind !== 'array' || !isBinary(reading, behind.items)) return schema;
  return { ...behind, items: toFile(reading, behind.items) };
}

function toFile(reading: Reading, schema: SchemaModel): SchemaModel {
  const behind = readBehind(reading, schema);
  const { title, summary, description, visibility, extensions, nullable } = { ...behind, ...schema };
  return {
    kind: 'file',
    ...(title !== undefined && { title }),
    ...(summary !== undefined && { summary }),
    ...(description !== undefined && { description }),
    ...(visibility !== undefined && { visibility }),
    ...(nullable !== undefined && { nullable }),
    ...(extensions !== undefined && { extensions }),
  };
}

/**
 * How a field is written: in the style that its encoding states, else by its media type (OpenAPI 3.0.4 and 3.1.1, Encoding Object):
 * objects as JSON, arrays item by item, all else as text.
 */
function readWriting(
  reading: Reading,
  { name, schema, encoding, pointer, form }: Field,
): Pick<ParameterModel, 'collectionFormat' | 'style'> {
  const isStyled = ['style', 'explode', 'allowReserved'].some((one) => member(encoding, one) !== undefined);
  if (isStyled) {
    return readStyle(reading, {
      holder: encoding,
      pointer,
      location: 'query',
      name,
      operation: form.operation,
      schema,
    });
  }
  const stated = reading.string(encoding, 'contentType', pointer);
  const shape = shapeOf(reading, schema);
  if (shape === 'array') return { collectionFormat: 'multi' };
  if (shape === 'object') return { style: { kind: 'content', mediaType: stated ?? 'application/json' } };
  if (stated !== undefined && isJson(stated)) return { style: { kind: 'content', mediaType: stated } };
  return {};
}

/** A part's media type, where it has another than plain text and files have, and the headers whose values are known. */
function readPart(reading: Reading, { name, schema, encoding, pointer, form }: Field): ParameterModel['part'] {
  const stated = reading.string(encoding, 'contentType', pointer);
  const contentType = stated ?? (carriesObjects(reading, schema) ? 'application/json' : undefined);
  const headers = readHeaders(reading, encoding, pointer).filter((header) =>
    isKnown(reading, header, name, pointer, form),
  );
  if (contentType === undefined && headers.length === 0) return undefined;
  return { ...(contentType !== undefined && { contentType }), headers };
}

function carriesObjects(reading: Reading, schema: SchemaModel): boolean {
  const behind = readBehind(reading, schema);
  const carried = behind.kind === 'array' ? behind.items : schema;
  return shapeOf(reading, carried) === 'object';
}

/** A part's type is not said by a header (OpenAPI 3, Encoding Object); a header without a value cannot be sent. */
function isKnown(reading: Reading, header: HeaderModel, part: string, pointer: string, { operation }: Form): boolean {
  if (header.name.toLowerCase() === 'content-type') return false;
  if (fixedValue(readBehind(reading, header.schema)) !== undefined || fixedValue(header.schema) !== undefined)
    return true;
  reading.lose('part-header-not-carried', pointer, { operation, part, header: header.name });
  return false;
}

function fixedValue(schema: SchemaModel) {
  return schema.default ?? (schema.enum?.length === 1 ? schema.enum[0] : undefined);
}
