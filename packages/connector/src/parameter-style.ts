import type { JsonObject, JsonValue, ParameterStyle } from '@patchbay/definition';
import { isJsonText, isJsonType } from './json-text.ts';
import { plainText } from './parameter-text.ts';

/** A style of OpenAPI 3's Style Values table. */
export type NamedStyle = Extract<ParameterStyle, { readonly explode: boolean }>;
/** Writes a text where it stands: percent-encoded, or as it is. */
export type Encode = (text: string) => string;
export type Pair = readonly [name: string, value: string];

/**
 * A value in one of the styles that are one text (RFC 6570 §3.2.2, §3.2.5, §3.2.7): `simple`, `label` and `matrix`. An empty list is
 * written as nothing.
 */
export function writeText(style: NamedStyle, name: string, value: JsonValue, encode: Encode): string {
  const { explode } = style;
  switch (style.kind) {
    case 'label':
      return writeItems(value, encode, explode, '.', explode ? '.' : ',');
    case 'matrix':
      return writeMatrix(explode, encode(name), value, encode);
    default:
      return writeItems(value, encode, explode, '', ',');
  }
}

/** A value as pairs of a query, a form or a Cookie header (RFC 6570 §3.2.8). An empty list or object makes none. */
export function writePairs(style: NamedStyle, name: string, value: JsonValue, encode: Encode): readonly Pair[] {
  if (style.kind === 'deepObject') return writeDeep(name, value, encode);
  if (style.explode) {
    if (isArray(value)) return value.map((item) => [encode(name), encode(plainText(item))]);
    if (isObject(value)) return membersOf(value).map(([key, item]) => [encode(key), encode(plainText(item))]);
  }
  const items = itemsOf(value);
  if (items.length === 0) return [];
  return [[encode(name), items.map(encode).join(delimiterOf(style.kind, encode))]];
}

/** A value as a document of a media type. A text is taken for a document that was written already, where it can be one. */
export function writeDocument(mediaType: string, value: JsonValue, isText: boolean): string {
  if (typeof value === 'string' && (!isJsonType(mediaType) || (!isText && isJsonText(value)))) return value;
  return isJsonType(mediaType) ? JSON.stringify(value) : plainText(value);
}

function writeItems(value: JsonValue, encode: Encode, explode: boolean, start: string, delimiter: string): string {
  if (explode && isObject(value)) {
    const pairs = membersOf(value).map(([key, item]) => `${encode(key)}=${encode(plainText(item))}`);
    return pairs.length === 0 ? '' : start + pairs.join(delimiter);
  }
  const items = itemsOf(value);
  return items.length === 0 ? '' : start + items.map(encode).join(delimiter);
}

function writeMatrix(explode: boolean, name: string, value: JsonValue, encode: Encode): string {
  // RFC 6570 §3.2.7: an empty value has no equals sign.
  const pair = (key: string, text: string): string => (text === '' ? `;${key}` : `;${key}=${text}`);
  if (explode && isArray(value)) return value.map((item) => pair(name, encode(plainText(item)))).join('');
  if (explode && isObject(value)) {
    return membersOf(value)
      .map(([key, item]) => pair(encode(key), encode(plainText(item))))
      .join('');
  }
  const items = itemsOf(value);
  return items.length === 0 ? '' : pair(name, items.map(encode).join(','));
}

/** `name[key][key]`; items by their index, so that lists of objects stay apart. Nothing defines more than one level of it. */
function writeDeep(name: string, value: JsonValue, encode: Encode): readonly Pair[] {
  if (isArray(value)) return value.flatMap((item, index) => writeDeep(`${name}[${index}]`, item, encode));
  if (isObject(value)) return membersOf(value).flatMap(([key, item]) => writeDeep(`${name}[${key}]`, item, encode));
  return [[encode(name), encode(plainText(value))]];
}

/** The texts of a value: its items, the names and values of its members, or itself. */
function itemsOf(value: JsonValue): readonly string[] {
  if (isArray(value)) return value.map(plainText);
  if (isObject(value)) return membersOf(value).flatMap(([key, item]) => [key, plainText(item)]);
  return [plainText(value)];
}

/** Members that are null are not defined (RFC 6570 §2.3). */
function membersOf(value: JsonObject): readonly (readonly [string, JsonValue])[] {
  return Object.entries(value).filter(([, item]) => item !== null);
}

function delimiterOf(kind: NamedStyle['kind'], encode: Encode): string {
  if (kind === 'spaceDelimited') return encode(' ');
  return kind === 'pipeDelimited' ? encode('|') : ',';
}

function isArray(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function isObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
