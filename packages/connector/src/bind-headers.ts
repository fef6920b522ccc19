import {
  type ConnectorModel,
  type JsonValue,
  type OperationModel,
  type ParameterModel,
  resolveSchema,
} from '@patchbay/definition';
import type { ParameterValues } from './contract.ts';
import { ConnectorError } from './errors.ts';
import type { EncodedBody } from './form-body.ts';
import { type Pair, writeDocument, writePairs, writeText } from './parameter-style.ts';
import { compilePlainValue, compileTexts } from './parameter-text.ts';
import { encodeText } from './percent-encoding.ts';
import { missing, suppliedValue } from './supplied-value.ts';

/** Headers that the transport writes itself, whatever a definition says. */
const transportHeaders = new Set([
  'host',
  'content-length',
  'transfer-encoding',
  'connection',
  'expect',
  'te',
  'upgrade',
  'trailer',
]);

export type BindHeaders = (
  given: ParameterValues,
  body: EncodedBody | undefined,
) => { readonly [name: string]: string };

/** Compiles the header and cookie parameters of an operation; `accept` is asked for where no parameter says otherwise. */
export function compileHeaders(model: ConnectorModel, operation: OperationModel, accept: string): BindHeaders {
  const slots = operation.parameters
    .filter((parameter) => parameter.in === 'header' && !transportHeaders.has(parameter.name.toLowerCase()))
    .map((parameter) => ({
      parameter,
      name: parameter.name.toLowerCase(),
      write: compileHeader(model, parameter),
    }));
  const bindCookies = compileCookies(model, operation);
  return (given, body) => {
    const headers: Record<string, string> = { accept };
    if (body !== undefined) headers['content-type'] = body.contentType;
    for (const { parameter, name, write } of slots) {
      const value = suppliedValue(parameter, given);
      if (value === undefined) {
        if (parameter.required && !(name in headers)) throw missing(parameter);
        continue;
      }
      // A multipart body's boundary is part of its type: nobody else can know it.
      if (name === 'content-type' && body?.contentType.startsWith('multipart/') === true) continue;
      headers[name] = headerText(parameter, write(value));
    }
    const cookies = bindCookies?.(given) ?? [];
    if (cookies.length > 0) {
      const own = headers['cookie'] === undefined ? [] : [headers['cookie']];
      headers['cookie'] = [...own, ...cookies].join('; ');
    }
    return headers;
  };
}

function compileHeader(model: ConnectorModel, parameter: ParameterModel): (value: JsonValue) => string {
  const { name, style } = parameter;
  if (style === undefined) {
    const texts = compileTexts(model, parameter);
    return (value) => texts(value).join(',');
  }
  if (style.kind === 'content' || style.kind === 'querystring') {
    const isText = resolveSchema(model, parameter.schema).kind === 'string';
    return (value) => writeDocument(style.mediaType, value, isText);
  }
  const plain = compilePlainValue(model, parameter);
  return (value) => writeText(style, name, plain(value), (text) => text);
}

/** A header's value without the blanks around it, which are not part of it (RFC 9110 §5.5). */
function headerText(parameter: ParameterModel, given: string): string {
  const text = given.trim();
  checkCharacters(parameter, text, 'a header');
  // Header fields are octets: what is beyond Latin-1 goes as UTF-8 (RFC 9110 §5.5 lets recipients treat it as opaque).
  const isLatin1 =
    text.length === Buffer.byteLength(text, 'latin1') && Buffer.from(text, 'latin1').toString('latin1') === text;
  return isLatin1 ? text : Buffer.from(text, 'utf8').toString('latin1');
}

function checkCharacters(parameter: ParameterModel, text: string, what: string): void {
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code < 32 && code !== 9) {
      throw new ConnectorError(
        'parameter-invalid',
        `The parameter ${parameter.name} is ${what} and must not hold line breaks or control characters.`,
      );
    }
  }
}

type BindCookies = (given: ParameterValues) => readonly string[];

/** All cookie parameters go into one header (RFC 6265 §4.2.1). */
function compileCookies(model: ConnectorModel, operation: OperationModel): BindCookies | undefined {
  const slots = operation.parameters
    .filter((parameter) => parameter.in === 'cookie')
    .map((parameter) => ({ parameter, write: compileCookie(model, parameter) }));
  if (slots.length === 0) return undefined;
  return (given) =>
    slots.flatMap(({ parameter, write }) => {
      const value = suppliedValue(parameter, given);
      if (value !== undefined) return write(value).map(([name, text]) => `${name}=${text}`);
      if (parameter.required) throw missing(parameter);
      return [];
    });
}

function compileCookie(model: ConnectorModel, parameter: ParameterModel): (value: JsonValue) => readonly Pair[] {
  const { name, style } = parameter;
  const start = encodeText(name);
  if (style === undefined) {
    const texts = compileTexts(model, parameter);
    return (value) => texts(value).map((text): Pair => [start, encodeText(text)]);
  }
  if (style.kind === 'content' || style.kind === 'querystring') {
    const isText = resolveSchema(model, parameter.schema).kind === 'string';
    return (value) => [[start, encodeText(writeDocument(style.mediaType, value, isText))]];
  }
  const plain = compilePlainValue(model, parameter);
  const encode = style.kind === 'cookie' ? (text: string) => cookieText(parameter, text) : encodeText;
  return (value) => writePairs(style, name, plain(value), encode);
}

/** A cookie that goes out as it is must not end itself. */
function cookieText(parameter: ParameterModel, text: string): string {
  checkCharacters(parameter, text, 'a cookie');
  if (!text.includes(';')) return text;
  throw new ConnectorError(
    'parameter-invalid',
    `The parameter ${parameter.name} is a cookie and must not hold a semicolon.`,
  );
}
