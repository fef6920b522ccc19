import type { SchemaModel, XmlName } from '../model.ts';
import { namespaces } from '../xml/xml-namespaces.ts';

/** The built-in types of XML Schema Part 2, each with the shape of its values in JSON. */
const shapes: Readonly<Record<string, SchemaModel>> = {
  anySimpleType: { kind: 'string' },
  string: { kind: 'string' },
  normalizedString: { kind: 'string' },
  token: { kind: 'string' },
  language: { kind: 'string' },
  Name: { kind: 'string' },
  NCName: { kind: 'string' },
  NMTOKEN: { kind: 'string' },
  ID: { kind: 'string' },
  IDREF: { kind: 'string' },
  ENTITY: { kind: 'string' },
  QName: { kind: 'string' },
  NOTATION: { kind: 'string' },
  anyURI: { kind: 'string', format: 'uri' },
  boolean: { kind: 'boolean' },
  decimal: { kind: 'number' },
  float: { kind: 'number', format: 'float' },
  double: { kind: 'number', format: 'double' },
  integer: { kind: 'integer' },
  nonPositiveInteger: { kind: 'integer', constraints: { maximum: 0 } },
  negativeInteger: { kind: 'integer', constraints: { maximum: -1 } },
  nonNegativeInteger: { kind: 'integer', constraints: { minimum: 0 } },
  positiveInteger: { kind: 'integer', constraints: { minimum: 1 } },
  long: { kind: 'integer', format: 'int64' },
  int: { kind: 'integer', format: 'int32' },
  short: { kind: 'integer', format: 'int32' },
  byte: { kind: 'integer', format: 'int32' },
  unsignedLong: { kind: 'integer', format: 'int64', constraints: { minimum: 0 } },
  unsignedInt: { kind: 'integer', format: 'int64', constraints: { minimum: 0 } },
  unsignedShort: { kind: 'integer', format: 'int32', constraints: { minimum: 0 } },
  unsignedByte: { kind: 'integer', format: 'int32', constraints: { minimum: 0 } },
  dateTime: { kind: 'string', format: 'date-time' },
  date: { kind: 'string', format: 'date' },
  time: { kind: 'string', format: 'time' },
  duration: { kind: 'string', format: 'duration' },
  gYear: { kind: 'string' },
  gYearMonth: { kind: 'string' },
  gMonth: { kind: 'string' },
  gMonthDay: { kind: 'string' },
  gDay: { kind: 'string' },
  base64Binary: { kind: 'string', format: 'byte' },
  hexBinary: { kind: 'string' },
};

/** Built-in types that are lists of another. */
const lists: Readonly<Record<string, string>> = { NMTOKENS: 'NMTOKEN', IDREFS: 'IDREF', ENTITIES: 'ENTITY' };

/** The XML Schema namespaces of earlier drafts, in which old descriptions still write their types. */
const schemaNamespaces: ReadonlySet<string> = new Set([
  namespaces.schema,
  'http://www.w3.org/2000/10/XMLSchema',
  'http://www.w3.org/1999/XMLSchema',
]);
/** The SOAP encodings have a type for each built-in one, of the same name. */
const encodings: ReadonlySet<string> = new Set([namespaces.encoding11, namespaces.encoding12]);

export type BuiltIn =
  | { readonly kind: 'atomic' | 'list'; readonly name: string; readonly shape: SchemaModel }
  | { readonly kind: 'any' };

/** The built-in type that a name means, if it means one. */
export function builtInType({ namespace, local }: XmlName): BuiltIn | undefined {
  const isSchema = schemaNamespaces.has(namespace);
  if (isSchema && (local === 'anyType' || local === 'ur-type')) return { kind: 'any' };
  if (!isSchema && !encodings.has(namespace)) return undefined;
  // The drafts' names for what became base64Binary and dateTime.
  const name = local === 'base64' || local === 'binary' ? 'base64Binary' : local === 'timeInstant' ? 'dateTime' : local;
  const item = Object.hasOwn(lists, name) ? lists[name] : undefined;
  if (item !== undefined) return { kind: 'list', name: item, shape: { kind: 'array', items: { kind: 'string' } } };
  const shape = Object.hasOwn(shapes, name) ? shapes[name] : undefined;
  return shape === undefined ? undefined : { kind: 'atomic', name, shape };
}

/** Whether a name is the array of a SOAP encoding. */
export function isEncodedArray({ namespace, local }: XmlName): boolean {
  return local === 'Array' && encodings.has(namespace);
}

export function isEncoding(namespace: string): boolean {
  return encodings.has(namespace);
}

export function isSchemaNamespace(namespace: string): boolean {
  return schemaNamespaces.has(namespace);
}
