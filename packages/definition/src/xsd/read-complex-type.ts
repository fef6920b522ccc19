import type { XmlAttributeUse, XmlComplexType, XmlName, XmlParticle, XmlTypeUse } from '../model.ts';
import { attributeOf, childrenOf, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { isEncodedArray, isEncoding } from './built-in-types.ts';
import { assignMembers } from './member-names.ts';
import { type AttributeTable, readAttributes } from './read-attributes.ts';
import { readFacets } from './read-facets.ts';
import { readContent, readDocumentation } from './read-particles.ts';
import { anySimpleType, readNamedSimpleType, readSimpleType, type SimpleRead } from './read-simple-type.ts';
import { type Component, keyOf, nameOf, resolveName } from './schema-set.ts';
import type { TypeReader } from './type-reader.ts';

/** Reads a `complexType` with what it inherits (XML Schema Part 1 §3.4). */
export function readComplexType(reader: TypeReader, component: Component, key: string): XmlComplexType {
  const { element, context } = component;
  const name = nameOf(component);
  const description = readDocumentation(element);
  if (description !== '') reader.descriptions.set(key, description);
  const isTrue = (attribute: string) => /^(true|1)$/.test(attributeOf(element, attribute) ?? '');
  const about = {
    ...(name.local !== '' && { name }),
    ...(isTrue('abstract') && { abstract: true }),
  };
  const outer = childrenOf(element, namespaces.schema).find(({ local }) => /^(complex|simple)Content$/.test(local));
  const derivation =
    outer && childrenOf(outer, namespaces.schema).find(({ local }) => /^(extension|restriction)$/.test(local));
  if (outer === undefined || derivation === undefined) {
    return { ...about, ...(isTrue('mixed') && { mixed: true }), ...readOwn(reader, component, key) };
  }
  const isMixed = isTrue('mixed') || /^(true|1)$/.test(attributeOf(outer, 'mixed') ?? '');
  return {
    ...about,
    ...(isMixed && { mixed: true }),
    ...readDerived(reader, { element: derivation, context }, key, outer.local === 'simpleContent'),
  };
}

type Content = Omit<XmlComplexType, 'name' | 'abstract'>;

function readOwn(reader: TypeReader, component: Component, key: string): Content {
  const table: AttributeTable = new Map();
  const hasWildcard = readAttributes(reader, component, table);
  return finish(reader, readContent(reader, component, key), table, hasWildcard);
}

function readDerived(reader: TypeReader, derivation: Component, key: string, isSimple: boolean): Content {
  const { element, context } = derivation;
  const baseName = resolveName(element, attributeOf(element, 'base') ?? '', context);
  if (isEncodedArray(baseName)) return readEncodedArray(reader, derivation, key);
  const component = reader.schemas.find('type', baseName);
  const isComplex = component?.element.local === 'complexType';
  const baseKey = isComplex ? reader.keyFor(component) : undefined;
  const base = isComplex && baseKey !== undefined ? reader.complex(baseKey, component) : undefined;
  const table: AttributeTable = new Map(base?.attributes.map((one) => [keyOf(one.name), one]));
  const hasWildcard = readAttributes(reader, derivation, table) || base?.anyAttribute === true;
  const about = {
    ...(baseKey !== undefined && { base: baseKey }),
    ...(base?.array !== undefined && { array: base.array }),
    ...(base?.mixed === true && { mixed: true }),
  };
  if (isSimple) {
    const inherited = base?.text && { xml: base.text, schema: reader.texts.get(baseKey ?? '') ?? anySimpleType.schema };
    const { xml, schema } = readSimpleContent(reader, derivation, baseName, inherited);
    reader.texts.set(key, schema);
    return { ...about, text: xml, ...finish(reader, undefined, table, hasWildcard) };
  }
  const own = readContent(reader, derivation, key);
  const content = element.local === 'extension' ? extend(reader, element, base?.content, own) : own;
  return { ...about, ...(base?.text && { text: base.text }), ...finish(reader, content, table, hasWildcard) };
}

/** What is inherited stands before what is added (Part 1 §3.4.2). */
function extend(
  reader: TypeReader,
  element: XmlElement,
  base: XmlParticle | undefined,
  own: XmlParticle | undefined,
): XmlParticle | undefined {
  if (base === undefined || own === undefined) return base ?? own;
  if (!reader.spend(element, countParticles(base))) return own;
  return { kind: 'sequence', min: 1, max: 1, particles: [base, own] };
}

function countParticles(particle: XmlParticle): number {
  if (particle.kind === 'element' || particle.kind === 'wildcard') return 1;
  return particle.particles.reduce((sum, one) => sum + countParticles(one), 1);
}

function readSimpleContent(
  reader: TypeReader,
  { element, context }: Component,
  baseName: XmlName,
  inherited: SimpleRead | undefined,
): SimpleRead {
  const [inline] = childrenOf(element, namespaces.schema, 'simpleType');
  const base =
    inline === undefined
      ? (inherited ?? readNamedSimpleType(reader, baseName))
      : readSimpleType(reader, { element: inline, context });
  if (base === undefined) reader.report('xsd-name-not-found', element, { found: keyOf(baseName) });
  const { xml, schema } = base ?? anySimpleType;
  return { xml, schema: element.local === 'restriction' ? readFacets(element, schema) : schema };
}

function finish(
  reader: TypeReader,
  content: XmlParticle | undefined,
  table: AttributeTable,
  hasWildcard: boolean,
): Pick<XmlComplexType, 'content' | 'attributes' | 'anyAttribute'> {
  const attributes = [...table.values()].filter((one): one is XmlAttributeUse => one !== undefined);
  const names = assignMembers(content, attributes, (from, to) => reader.notes.set(to, reader.notes.get(from) ?? {}));
  return {
    ...(names.content !== undefined && { content: names.content }),
    attributes: names.attributes,
    ...(hasWildcard && { anyAttribute: true }),
  };
}

/** An array: `wsdl:arrayType` names its items' type (WSDL 1.1 §2.2), else its only element does. */
function readEncodedArray(reader: TypeReader, derivation: Component, key: string): Content {
  const { element, context } = derivation;
  const table: AttributeTable = new Map();
  readAttributes(reader, derivation, table);
  const attributes = [...table.values()].filter(
    (one): one is XmlAttributeUse => one !== undefined && !isEncoding(one.name.namespace),
  );
  const own = findElement(readContent(reader, derivation, key));
  const stated = childrenOf(element, namespaces.schema, 'attribute')
    .map((one) => attributeOf(one, 'arrayType', namespaces.wsdl))
    .find((one) => one !== undefined);
  const itemName = own?.name ?? { namespace: '', local: 'item' };
  const item: XmlTypeUse =
    stated === undefined ? (own?.type ?? { kind: 'any' }) : arrayItem(reader, element, stated, key, context);
  return { attributes, array: { item, itemName } };
}

/** `t[]` is an array of t, `t[][]` an array of such arrays; `t[,]` has more than one dimension, which is not read. */
function arrayItem(
  reader: TypeReader,
  element: XmlElement,
  arrayType: string,
  key: string,
  context: Component['context'],
): XmlTypeUse {
  const [, name = '', inner = ''] = /^([^[]*)((?:\[[^\]]*\])*)\[[^\]]*\]\s*$/.exec(arrayType) ?? [];
  if (name === '' || /,/.test(arrayType)) {
    reader.report('xsd-array-type', element, { found: arrayType });
    return { kind: 'any' };
  }
  const { use } = reader.named(resolveName(element, name, context), element);
  return (inner.match(/\[/g) ?? []).slice(0, 8).reduce<XmlTypeUse>((item, _, index) => {
    const innerKey = `${key}/${index + 1}`;
    reader.types.set(innerKey, { attributes: [], array: { item, itemName: { namespace: '', local: 'item' } } });
    return { kind: 'complex', key: innerKey };
  }, use);
}

function findElement(particle: XmlParticle | undefined): (XmlParticle & { readonly kind: 'element' }) | undefined {
  if (particle === undefined || particle.kind === 'wildcard') return undefined;
  if (particle.kind === 'element') return particle;
  return particle.particles.map(findElement).find((one) => one !== undefined);
}
