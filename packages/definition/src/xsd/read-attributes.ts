import type { XmlAttributeUse, XmlName } from '../model.ts';
import { attributeOf, childrenOf } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { readDocumentation } from './read-particles.ts';
import { anySimpleType, readNamedSimpleType, readSimpleType, type SimpleRead } from './read-simple-type.ts';
import { type Component, keyOf, nameOf, resolveName } from './schema-set.ts';
import type { TypeReader } from './type-reader.ts';

/** The attributes of a type by key; a prohibited one stands as undefined, so that it takes away an inherited one. */
export type AttributeTable = Map<string, XmlAttributeUse | undefined>;

/** Reads the attributes that a type, an extension, a restriction or an attribute group declares, into a table. Tells of a wildcard. */
export function readAttributes(reader: TypeReader, { element, context }: Component, table: AttributeTable): boolean {
  let hasWildcard = false;
  for (const child of childrenOf(element, namespaces.schema)) {
    const component = { element: child, context };
    if (child.local === 'anyAttribute') hasWildcard = true;
    if (child.local === 'attribute') readAttribute(reader, component, table);
    if (child.local !== 'attributeGroup') continue;
    const reference = attributeOf(child, 'ref') ?? '';
    const target = reader.schemas.find('attributeGroup', resolveName(child, reference, context));
    if (target === undefined) reader.report('xsd-name-not-found', child, { found: reference });
    else if (reader.spend(child)) {
      hasWildcard = reader.guard(target.element, () => readAttributes(reader, target, table)) || hasWildcard;
    }
  }
  return hasWildcard;
}

function readAttribute(reader: TypeReader, component: Component, table: AttributeTable): void {
  const { element, context } = component;
  const reference = attributeOf(element, 'ref');
  const target = reference === undefined ? component : resolveReference(reader, component, reference);
  const name = reference === undefined ? localName(component) : resolveName(element, reference, context);
  if (attributeOf(element, 'use') === 'prohibited') {
    table.set(keyOf(name), undefined);
    return;
  }
  const { xml, schema } = target === undefined ? anySimpleType : readType(reader, target);
  const stated = (attribute: string) =>
    attributeOf(element, attribute) ?? (target && attributeOf(target.element, attribute));
  const [defaultValue, fixed] = [stated('default'), stated('fixed')];
  const use: XmlAttributeUse = {
    name,
    member: name.namespace === namespaces.xml ? `@xml:${name.local}` : `@${name.local}`,
    type: xml,
    required: attributeOf(element, 'use') === 'required',
    ...(defaultValue !== undefined && { default: defaultValue }),
    ...(fixed !== undefined && { fixed }),
  };
  const description = readDocumentation(element);
  reader.notes.set(use, { schema, ...(description !== '' && { description }) });
  table.set(keyOf(name), use);
}

function resolveReference(reader: TypeReader, { element, context }: Component, reference: string) {
  const name = resolveName(element, reference, context);
  const found = reader.schemas.find('attribute', name);
  // The attributes of XML itself and of the SOAP encoding are known without a schema.
  const isKnown = name.namespace === namespaces.xml || name.namespace === namespaces.encoding11;
  if (found === undefined && !isKnown) reader.report('xsd-name-not-found', element, { found: reference });
  return found;
}

function localName(component: Component): XmlName {
  const { element, context } = component;
  const form = attributeOf(element, 'form');
  const isGlobal = element.parent?.local === 'schema';
  const isQualified = isGlobal || (form === undefined ? context.qualifiesAttributes : form === 'qualified');
  return isQualified ? nameOf(component) : { namespace: '', local: attributeOf(element, 'name') ?? '' };
}

function readType(reader: TypeReader, { element, context }: Component): SimpleRead {
  const stated = attributeOf(element, 'type');
  const [inline] = childrenOf(element, namespaces.schema, 'simpleType');
  if (inline !== undefined) return readSimpleType(reader, { element: inline, context });
  if (stated === undefined) return anySimpleType;
  const read = readNamedSimpleType(reader, resolveName(element, stated, context));
  if (read === undefined) reader.report('xsd-name-not-found', element, { found: stated });
  return read ?? anySimpleType;
}
