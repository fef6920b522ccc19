import type { BodyModel, JsonObject, OperationModel, ParameterModel } from '../../model.ts';
import { ownPrefix } from '../../source/reading.ts';
import { members, someItems, someText } from '../writing.ts';
import type { ModernWriting } from './modern-writing.ts';
import { oddFormat, styleOf, withDefault } from './write-parameter31.ts';
import { writeSchema31 } from './write-schema31.ts';

/** Writes the body of an operation, or the form that its fields are. */
export function writeRequestBody31(
  writing: ModernWriting,
  operation: OperationModel,
  pointer: string,
): JsonObject | undefined {
  const fields = operation.parameters.filter((parameter) => parameter.in === 'formData');
  if (operation.body !== undefined) return writeBody(writing, operation.body, operation);
  return fields.length === 0 ? undefined : writeForm(writing, fields, operation.consumes, pointer);
}

function writeBody(writing: ModernWriting, body: BodyModel, { consumes, extensions }: OperationModel): JsonObject {
  // A name that a converter left in the operation is another one's.
  const isUsualName = body.name === 'body' && !Object.hasOwn(extensions, 'x-codegen-request-body-name');
  const hasDefault = body.default === undefined || body.schema.default !== undefined;
  const schema = writeSchema31(writing, hasDefault ? body.schema : { ...body.schema, default: body.default });
  const types = consumes.length === 0 ? ['application/json'] : consumes;
  return members({
    description: someText(body.description),
    required: body.required ? true : undefined,
    content: Object.fromEntries(types.map((type) => [type, { schema }])),
    'x-bodyName': isUsualName ? undefined : body.name,
    'x-ms-summary': body.summary === body.name ? undefined : body.summary,
    'x-ms-visibility': body.visibility === 'normal' ? undefined : body.visibility,
    ...body.extensions,
    [`${ownPrefix}in`]: types.some((type) => /^(multipart\/|application\/x-www-form-urlencoded)/i.test(type))
      ? 'body'
      : undefined,
  });
}

function writeForm(
  writing: ModernWriting,
  fields: readonly ParameterModel[],
  consumes: readonly string[],
  pointer: string,
): JsonObject {
  const isMultipart =
    fields.some((field) => field.schema.kind === 'file') ||
    consumes.some((type) => type.toLowerCase().startsWith('multipart/form-data'));
  const required = fields.filter((field) => field.required).map((field) => field.name);
  const encodings = fields.flatMap((field): [string, JsonObject][] => {
    const encoding = writeEncoding(writing, field, pointer);
    return Object.keys(encoding).length === 0 ? [] : [[field.name, encoding]];
  });
  return {
    ...(required.length > 0 && { required: true }),
    content: {
      [isMultipart ? 'multipart/form-data' : 'application/x-www-form-urlencoded']: members({
        schema: members({
          type: 'object',
          required: someItems(required),
          properties: Object.fromEntries(fields.map((field) => [field.name, writeField(writing, field)])),
        }),
        encoding: encodings.length === 0 ? undefined : Object.fromEntries(encodings),
      }),
    },
  };
}

function writeField(writing: ModernWriting, field: ParameterModel): JsonObject {
  const { readOnly: _, ...schema } = withDefault(field);
  return members({
    ...writeSchema31(writing, schema as ParameterModel['schema']),
    description: someText(field.description),
    'x-ms-summary': field.summary === field.name ? undefined : field.summary,
    'x-ms-visibility': field.visibility === 'normal' ? undefined : field.visibility,
    deprecated: field.deprecated,
    ...field.extensions,
  });
}

function writeEncoding(writing: ModernWriting, field: ParameterModel, pointer: string): JsonObject {
  const { collectionFormat, style, part, name } = field;
  const contentType = part?.contentType ?? (style !== undefined && 'mediaType' in style ? style.mediaType : undefined);
  if (collectionFormat === 'tsv') writing.lose('openapi-style', pointer, { name, style: collectionFormat });
  const headers = part?.headers ?? [];
  return members({
    contentType,
    ...(collectionFormat !== undefined && styleOf(collectionFormat)),
    ...(style !== undefined && 'explode' in style && { style: style.kind, explode: style.explode }),
    headers:
      headers.length === 0
        ? undefined
        : Object.fromEntries(
            headers.map((header) => [
              header.name,
              members({ description: someText(header.description), schema: writeSchema31(writing, header.schema) }),
            ]),
          ),
    [`${ownPrefix}collectionFormat`]: oddFormat(field),
  });
}
