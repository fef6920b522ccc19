import {
  type ConnectorModel,
  type JsonValue,
  type OperationModel,
  type ParameterModel,
  resolveSchema,
} from '@patchbay/definition';
import type { ParameterValues } from './contract.ts';
import { writeDocument, writePairs } from './parameter-style.ts';
import { compilePlainValue, compileTexts } from './parameter-text.ts';
import { encodeReservedInQuery, encodeText } from './percent-encoding.ts';
import { missing, suppliedValue } from './supplied-value.ts';

/** Compiles the query parameters of an operation into its query string, without the question mark. */
export function compileQuery(model: ConnectorModel, operation: OperationModel): (given: ParameterValues) => string {
  const slots = operation.parameters
    .filter((parameter) => parameter.in === 'query')
    .map((parameter) => ({ parameter, write: compileValue(model, parameter) }));
  return (given) => {
    let query = '';
    for (const { parameter, write } of slots) {
      const value = suppliedValue(parameter, given);
      if (value === undefined) {
        if (parameter.required) throw missing(parameter);
        continue;
      }
      const written = write(value);
      if (written !== '') query += query === '' ? written : `&${written}`;
    }
    return query;
  };
}

function compileValue(model: ConnectorModel, parameter: ParameterModel): (value: JsonValue) => string {
  const { name, style } = parameter;
  const start = `${encodeText(name)}=`;
  if (style === undefined) {
    const texts = compileTexts(model, parameter);
    return (value) =>
      texts(value)
        .map((text) => start + encodeText(text))
        .join('&');
  }
  const isText = resolveSchema(model, parameter.schema).kind === 'string';
  switch (style.kind) {
    case 'content':
      return (value) => start + encodeText(writeDocument(style.mediaType, value, isText));
    case 'querystring':
      return (value) => writeQueryString(style.mediaType, value, isText);
    default: {
      const plain = compilePlainValue(model, parameter);
      const encode = style.allowReserved ? encodeReservedInQuery : encodeText;
      return (value) =>
        writePairs(style, name, plain(value), encode)
          .map(([key, text]) => `${key}=${text}`)
          .join('&');
    }
  }
}

/** A form is written as one; a text that is no JSON is taken for a query string that was written already. */
function writeQueryString(mediaType: string, value: JsonValue, isText: boolean): string {
  if (/^application\/x-www-form-urlencoded/i.test(mediaType)) {
    if (typeof value === 'string') return value.split('&').map(encodeReservedInQuery).join('&');
    return writePairs({ kind: 'form', explode: true, allowReserved: false }, '', value, encodeText)
      .map(([key, text]) => `${key}=${text}`)
      .join('&');
  }
  return encodeText(writeDocument(mediaType, value, isText));
}
