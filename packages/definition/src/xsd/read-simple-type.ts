import type { SchemaModel, XmlName, XmlSimpleType } from '../model.ts';
import { attributeOf, childrenOf, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { builtInType } from './built-in-types.ts';
import { readFacets } from './read-facets.ts';
import { type Component, nameOf, resolveName } from './schema-set.ts';
import type { TypeReader } from './type-reader.ts';

/** A simple type: how its text is written and read, and its shape in JSON. */
export type SimpleRead = { readonly xml: XmlSimpleType; readonly schema: SchemaModel };

export const anySimpleType: SimpleRead = { xml: { kind: 'atomic', builtIn: 'string' }, schema: { kind: 'string' } };

/** Reads the simple type that a name means: built in, or of a schema. Undefined when it is a complex type or nothing that is known. */
export function readNamedSimpleType(reader: TypeReader, name: XmlName): SimpleRead | undefined {
  const builtIn = builtInType(name);
  if (builtIn?.kind === 'any') return undefined;
  if (builtIn !== undefined) {
    const { kind, name: builtInName, shape } = builtIn;
    const item: XmlSimpleType = { kind: 'atomic', builtIn: builtInName };
    return { xml: kind === 'list' ? { kind, item } : item, schema: shape };
  }
  const component = reader.schemas.find('type', name);
  return component?.element.local === 'simpleType' ? readSimpleType(reader, component) : undefined;
}

/** Reads a `simpleType` (XML Schema Part 1 §3.14): a restriction, a list or a union. */
export function readSimpleType(reader: TypeReader, component: Component): SimpleRead {
  return reader.once(component, () => {
    const read = readDerivation(reader, component);
    const own = nameOf(component);
    return own.local === '' ? read : { ...read, xml: { ...read.xml, name: own } };
  });
}

function readDerivation(reader: TypeReader, { element, context }: Component): SimpleRead {
  const [derivation] = childrenOf(element, namespaces.schema).filter(({ local }) => local !== 'annotation');
  if (derivation === undefined) return anySimpleType;
  const at = { element: derivation, context };
  switch (derivation.local) {
    case 'restriction': {
      const base = readBase(reader, at, 'base');
      return { xml: withoutName(base.xml), schema: readFacets(derivation, base.schema) };
    }
    case 'list': {
      const item = readBase(reader, at, 'itemType');
      return { xml: { kind: 'list', item: item.xml }, schema: { kind: 'array', items: item.schema } };
    }
    case 'union':
      return readUnion(reader, at);
    default:
      return anySimpleType;
  }
}

/** The simple type that an attribute names or that stands inside. */
export function readBase(reader: TypeReader, { element, context }: Component, attribute: string): SimpleRead {
  const stated = attributeOf(element, attribute);
  const [inline] = childrenOf(element, namespaces.schema, 'simpleType');
  if (inline !== undefined) return readSimpleType(reader, { element: inline, context });
  if (stated === undefined) return anySimpleType;
  const read = readNamedSimpleType(reader, resolveName(element, stated, context));
  if (read === undefined) reader.report('xsd-name-not-found', element, { found: stated });
  return read ?? anySimpleType;
}

function readUnion(reader: TypeReader, at: Component): SimpleRead {
  const { element, context } = at;
  const named = (attributeOf(element, 'memberTypes') ?? '').split(/\s+/).filter((name) => name !== '');
  const members = [
    ...named.map((name) => readMember(reader, element, name, at)),
    ...childrenOf(element, namespaces.schema, 'simpleType').map((inline) =>
      readSimpleType(reader, { element: inline, context }),
    ),
  ];
  // A union's members are unions' members: flat and each kind once, however often they are named.
  const distinct = new Map<string, XmlSimpleType>();
  for (const { xml } of members) {
    const parts = xml.kind === 'union' ? xml.members : [withoutName(xml)];
    for (const part of parts) distinct.set(JSON.stringify(part), part);
  }
  const schemas = distinctSchemas(members.map(({ schema }) => schema));
  const [only] = schemas;
  const schema: SchemaModel = schemas.length === 1 && only ? only : { kind: 'anyOf', members: schemas };
  return { xml: { kind: 'union', members: [...distinct.values()] }, schema };
}

function readMember(reader: TypeReader, element: XmlElement, text: string, { context }: Component): SimpleRead {
  const read = readNamedSimpleType(reader, resolveName(element, text, context));
  if (read === undefined) reader.report('xsd-name-not-found', element, { found: text });
  return read ?? anySimpleType;
}

/** Most alternatives that a form can show; beyond them a union is any text. */
const maxAlternatives = 50;

function distinctSchemas(schemas: readonly SchemaModel[]): readonly SchemaModel[] {
  const flat = schemas.flatMap((schema) => (schema.kind === 'anyOf' ? schema.members : [schema]));
  const distinct = [...new Map(flat.map((schema) => [JSON.stringify(schema), schema])).values()];
  return distinct.length > maxAlternatives ? [{ kind: 'string' }] : distinct;
}

function withoutName(type: XmlSimpleType): XmlSimpleType {
  const { name: _, ...rest } = type;
  return rest;
}
