import type { CollectionFormat, JsonObject, JsonValue, ParameterModel, SchemaModel } from '../../model.ts';
import { resolveSchema } from '../../schema/json-schema.ts';
import { ownPrefix } from '../../source/reading.ts';
import { members, someText } from '../writing.ts';
import type { ModernWriting } from './modern-writing.ts';
import { writeSchema31 } from './write-schema31.ts';

type Written = { readonly style?: string; readonly explode?: boolean; readonly allowReserved?: boolean };

/** Writes a parameter that is not a field of a form. */
export function writeParameter31(writing: ModernWriting, parameter: ParameterModel, pointer: string): JsonObject {
  const { name, style } = parameter;
  const schema = writeSchema31(writing, withDefault(parameter));
  const mediaType = mediaTypeOf(writing, parameter);
  if (style?.kind === 'querystring') writing.lose('openapi-query-string', pointer, { name });
  return members({
    name,
    in: parameter.in,
    required: parameter.required ? true : undefined,
    deprecated: parameter.deprecated,
    description: someText(parameter.description),
    allowEmptyValue: parameter.in === 'query' && parameter.allowEmptyValue ? true : undefined,
    ...(mediaType === undefined
      ? { ...writeStyle(writing, parameter, pointer), schema }
      : { content: { [mediaType]: { schema } } }),
    'x-ms-summary': parameter.summary === name ? undefined : parameter.summary,
    'x-ms-visibility': parameter.visibility === 'normal' ? undefined : parameter.visibility,
    'x-ms-url-encoding': parameter.urlEncoding === 'double' ? 'double' : undefined,
    ...parameter.extensions,
    [`${ownPrefix}collectionFormat`]: oddFormat(parameter),
  });
}

/** A parameter's schema with its default, which in OpenAPI 3 stands there. */
export function withDefault({ schema, default: fallback }: ParameterModel): SchemaModel {
  return fallback === undefined || schema.default !== undefined ? schema : { ...schema, default: fallback };
}

/** Values that are written as a document: those said to be, and objects of which nothing is said, which go as JSON. */
function mediaTypeOf(writing: ModernWriting, { style, schema }: ParameterModel): string | undefined {
  if (style !== undefined) return 'mediaType' in style ? style.mediaType : undefined;
  const { kind } = resolveSchema(writing.model, schema);
  return kind === 'object' || kind === 'allOf' ? 'application/json' : undefined;
}

function writeStyle(
  writing: ModernWriting,
  { in: location, name, collectionFormat, style }: ParameterModel,
  pointer: string,
): Written {
  if (style !== undefined && 'explode' in style) {
    if (style.kind === 'cookie') writing.lose('openapi-style', pointer, { name, style: style.kind });
    const kind = style.kind === 'cookie' ? 'form' : style.kind;
    return { style: kind, explode: style.explode, ...(style.allowReserved && { allowReserved: true }) };
  }
  if (collectionFormat === undefined) return {};
  if (location === 'path' || location === 'header') {
    if (collectionFormat !== 'csv') writing.lose('openapi-style', pointer, { name, style: collectionFormat });
    return {};
  }
  if (collectionFormat === 'tsv') writing.lose('openapi-style', pointer, { name, style: collectionFormat });
  return styleOf(collectionFormat);
}

/** How a list in a query or a form is written. */
export function styleOf(format: CollectionFormat): Written {
  switch (format) {
    case 'multi':
      return { style: 'form', explode: true };
    case 'ssv':
      return { style: 'spaceDelimited', explode: false };
    case 'pipes':
      return { style: 'pipeDelimited', explode: false };
    case 'csv':
    case 'tsv':
      return { style: 'form', explode: false };
  }
}

/** A way to write a list that OpenAPI 3 has no words for at this place. */
export function oddFormat({ in: location, collectionFormat }: ParameterModel): JsonValue | undefined {
  const isOdd = location === 'path' || location === 'header' ? collectionFormat !== 'csv' : collectionFormat === 'tsv';
  return isOdd ? collectionFormat : undefined;
}
