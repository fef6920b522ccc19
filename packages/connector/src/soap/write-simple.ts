import { type JsonValue, namespaces, type XmlName, type XmlSimpleType } from '@patchbay/definition';
import { readEnvelope } from '../envelope.ts';
import { ConnectorError } from '../errors.ts';
import type { Prefixes } from './prefixes.ts';

/** A JSON value as the text of a simple type (XML Schema Part 2 §3). Throws `parameter-invalid` for what does not fit. */
export function writeSimple(type: XmlSimpleType, value: JsonValue, path: string, prefixes: Prefixes): string {
  switch (type.kind) {
    case 'list':
      return (Array.isArray(value) ? value : [value])
        .map((item: JsonValue) => writeSimple(type.item, item, path, prefixes))
        .join(' ');
    case 'union':
      return writeScalar(value, path);
    case 'atomic':
      return writeAtomic(type.builtIn, value, path, prefixes);
  }
}

function writeAtomic(builtIn: string, value: JsonValue, path: string, prefixes: Prefixes): string {
  const kind = lexicalKindOf(builtIn);
  switch (kind) {
    case 'boolean':
      return writeMatching(value, path, 'true or false', /^(true|false|0|1)$/i).toLowerCase();
    case 'integer':
      return withoutExponent(writeMatching(value, path, 'a whole number', /^[+-]?\d+(e\+?\d{1,3})?$/i));
    case 'decimal':
      return withoutExponent(writeMatching(value, path, 'a number', /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i));
    case 'float':
      return writeMatching(value, path, 'a number', /^([+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?|-?INF|NaN)$/i);
    case 'base64':
      return writeBase64(value, path);
    case 'qname':
      return writeName(writeScalar(value, path), prefixes);
    case 'text':
      return writeScalar(value, path);
  }
}

export type LexicalKind = 'boolean' | 'integer' | 'decimal' | 'float' | 'base64' | 'qname' | 'text';

const kinds: Readonly<Record<string, LexicalKind>> = {
  boolean: 'boolean',
  decimal: 'decimal',
  float: 'float',
  double: 'float',
  base64Binary: 'base64',
  QName: 'qname',
  NOTATION: 'qname',
  ...Object.fromEntries(
    [
      'integer',
      'nonPositiveInteger',
      'negativeInteger',
      'nonNegativeInteger',
      'positiveInteger',
      'long',
      'int',
      'short',
      'byte',
      'unsignedLong',
      'unsignedInt',
      'unsignedShort',
      'unsignedByte',
    ].map((name) => [name, 'integer'] as const),
  ),
};

/** How the text of a built-in type is written and read. */
export function lexicalKindOf(builtIn: string): LexicalKind {
  return (Object.hasOwn(kinds, builtIn) ? kinds[builtIn] : undefined) ?? 'text';
}

/** `{namespace}local` with a prefix; a name alone is in no namespace. */
function writeName(text: string, prefixes: Prefixes): string {
  return text.startsWith('{') ? prefixes.write(parseName(text)) : text;
}

/** The name of a type as JSON holds it: `{namespace}local`, or `local` alone for one of XML Schema's own. */
export function parseName(text: string): XmlName {
  const [, namespace, local] = /^\{([^}]*)\}(.*)$/s.exec(text) ?? [];
  return namespace === undefined || local === undefined
    ? { namespace: namespaces.schema, local: text }
    : { namespace, local };
}

function writeMatching(value: JsonValue, path: string, expected: string, pattern: RegExp): string {
  const text = typeof value === 'object' ? undefined : String(value).trim();
  if (text !== undefined && pattern.test(text)) return text;
  throw mismatch(value, path, expected);
}

function writeScalar(value: JsonValue, path: string): string {
  if (typeof value !== 'object') return String(value);
  throw mismatch(value, path, 'text');
}

function writeBase64(value: JsonValue, path: string): string {
  const envelope = readEnvelope(value);
  if (envelope !== undefined) return Buffer.from(envelope.bytes).toString('base64');
  const text = writeScalar(value, path).replace(/\s+/g, '');
  if (/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return text;
  throw mismatch(value, path, 'base64 text');
}

/** Decimal numbers have no exponent in XML Schema (Part 2 §3.2.3). */
function withoutExponent(text: string): string {
  const [, sign = '', whole = '', fraction = '', exponent = ''] = /^([+-]?)(\d*)\.?(\d*)e([+-]?\d+)$/i.exec(text) ?? [];
  if (exponent === '') return text;
  const point = whole.length + Number(exponent);
  const digits = whole + fraction;
  const padded = point < 0 ? '0'.repeat(-point) + digits : digits.padEnd(point, '0');
  const at = Math.max(point, 0);
  const end = padded.slice(at).replace(/0+$/, '');
  return `${sign}${padded.slice(0, at) || '0'}${end === '' ? '' : `.${end}`}`;
}

export function mismatch(value: JsonValue, path: string, expected: string): ConnectorError {
  const shown = JSON.stringify(value);
  const found = shown.length > 60 ? `${shown.slice(0, 60)}…` : shown;
  return new ConnectorError('parameter-invalid', `${path} takes ${expected}, and was given ${found}.`);
}
