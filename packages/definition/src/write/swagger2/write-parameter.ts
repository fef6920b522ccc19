import type { CollectionFormat, JsonObject, JsonValue, ParameterModel, ParameterStyle } from '../../model.ts';
import { ownPrefix } from '../../source/reading.ts';
import { sameValue } from '../same-value.ts';
import { members, someText, type Writing } from '../writing.ts';
import { writeHeaders } from './write-headers.ts';
import { writeSchema } from './write-schema.ts';
import { writeValue } from './write-value.ts';

/** Writes a parameter that is not a body. */
export function writeParameter(writing: Writing, parameter: ParameterModel, pointer: string): JsonObject {
  const { name, schema, style, part } = parameter;
  const { stated, aside } = writeValue(writing, schema, {
    pointer,
    name,
    canBeFile: parameter.in === 'formData',
    isArray: parameter.collectionFormat !== undefined || style !== undefined,
    holds: [],
  });
  const isDefaultOfSchema = sameValue(schema.default, parameter.default);
  const { default: _, ...shape } = stated;
  // Elsewhere Swagger 2.0 does not have it.
  const mayBeEmpty = parameter.in === 'query' || parameter.in === 'formData';
  if (style !== undefined) writing.lose('parameter-style', pointer, { name, style: style.kind });
  if (part !== undefined) writing.lose('parameter-part', pointer, { name });
  if (parameter.deprecated === true) writing.lose('parameter-deprecated', pointer, { name });
  return members({
    name,
    in: parameter.in,
    required: parameter.required ? true : undefined,
    ...shape,
    collectionFormat: stated['type'] === 'array' ? collectionFormatOf(parameter) : undefined,
    default: parameter.default,
    'x-ms-summary': parameter.summary === name ? undefined : parameter.summary,
    description: someText(parameter.description),
    'x-ms-visibility': parameter.visibility === 'normal' ? undefined : parameter.visibility,
    'x-ms-url-encoding': parameter.urlEncoding === 'double' ? 'double' : undefined,
    [mayBeEmpty ? 'allowEmptyValue' : `${ownPrefix}allowEmptyValue`]: parameter.allowEmptyValue ? true : undefined,
    ...parameter.extensions,
    [`${ownPrefix}schema`]: aside ?? (isDefaultOfSchema ? undefined : writeAside(writing, parameter, pointer)),
    [`${ownPrefix}style`]: style && writeStyle(style),
    [`${ownPrefix}part`]:
      part &&
      members({
        contentType: part.contentType,
        headers: writeHeaders(writing, part.headers, `${pointer}/${ownPrefix}part`),
      }),
    [`${ownPrefix}deprecated`]: parameter.deprecated,
  });
}

/** The schema in full, where the parameter's default is not its schema's. */
function writeAside(writing: Writing, { schema }: ParameterModel, pointer: string): JsonValue {
  return writeSchema(writing, schema, `${pointer}/${ownPrefix}schema`);
}

/** `csv` is what is meant when nothing is said; of a style, what comes nearest to it. */
function collectionFormatOf({ collectionFormat, style }: ParameterModel): CollectionFormat | undefined {
  const format = style === undefined ? collectionFormat : nearestFormat(style);
  return format === 'csv' ? undefined : format;
}

function nearestFormat(style: ParameterStyle): CollectionFormat {
  switch (style.kind) {
    case 'spaceDelimited':
      return 'ssv';
    case 'pipeDelimited':
      return 'pipes';
    case 'form':
      return style.explode ? 'multi' : 'csv';
    default:
      return 'csv';
  }
}

function writeStyle(style: ParameterStyle): JsonObject {
  if ('mediaType' in style) return { kind: style.kind, mediaType: style.mediaType };
  return { kind: style.kind, explode: style.explode, allowReserved: style.allowReserved };
}
