import type { Occurrence, XmlElementUse, XmlParticle } from '../model.ts';
import { attributeOf, childrenOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { anyType } from './any-type.ts';
import { type Component, nameOf, resolveName } from './schema-set.ts';
import type { TypeRead, TypeReader } from './type-reader.ts';

const groups: ReadonlySet<string> = new Set(['sequence', 'choice', 'all']);

/** Reads a particle (XML Schema Part 1 §3.9): an element, a group of particles, a reference to one, or a wildcard. */
export function readParticle(reader: TypeReader, component: Component, owner: string): XmlParticle | undefined {
  const { element, context } = component;
  const occurrence = readOccurrence(element);
  if (occurrence.max === 0 || !reader.spend(element)) return undefined;
  switch (element.local) {
    case 'element':
      return readElementParticle(reader, component, owner, occurrence);
    case 'any':
      return { kind: 'wildcard', ...occurrence };
    case 'sequence':
    case 'choice':
    case 'all': {
      const particles = childrenOf(element, namespaces.schema).flatMap((child) => {
        const particle = readParticle(reader, { element: child, context }, owner);
        return particle === undefined ? [] : [particle];
      });
      return { kind: element.local, particles, ...occurrence };
    }
    case 'group':
      return readGroup(reader, component, owner, occurrence);
    default:
      return undefined;
  }
}

/** The content of a type or a group: the first particle in it. */
export function readContent(reader: TypeReader, { element, context }: Component, owner: string) {
  const child = childrenOf(element, namespaces.schema).find(({ local }) => groups.has(local) || local === 'group');
  return child === undefined ? undefined : readParticle(reader, { element: child, context }, owner);
}

function readGroup(
  reader: TypeReader,
  { element, context }: Component,
  owner: string,
  occurrence: Occurrence,
): XmlParticle | undefined {
  const reference = attributeOf(element, 'ref');
  if (reference === undefined) return undefined;
  const target = reader.schemas.find('group', resolveName(element, reference, context));
  if (target === undefined) {
    reader.report('xsd-name-not-found', element, { found: reference });
    return { kind: 'wildcard', ...occurrence };
  }
  const content = reader.guard(target.element, () => readContent(reader, target, owner));
  return content === undefined ? undefined : { kind: 'sequence', particles: [content], ...occurrence };
}

function readElementParticle(
  reader: TypeReader,
  component: Component,
  owner: string,
  occurrence: Occurrence,
): XmlParticle {
  const { element, context } = component;
  const reference = attributeOf(element, 'ref');
  if (reference === undefined) return readLocalElement(reader, component, owner, occurrence);
  const name = resolveName(element, reference, context);
  const target = reader.schemas.find('element', name);
  if (target !== undefined) return readGlobalElement(reader, target, occurrence);
  reader.report('xsd-name-not-found', element, { found: reference });
  return { kind: 'element', name, member: name.local, type: { kind: 'any' }, nillable: false, ...occurrence };
}

function readLocalElement(
  reader: TypeReader,
  component: Component,
  owner: string,
  occurrence: Occurrence,
): XmlElementUse {
  const { element, context } = component;
  const local = attributeOf(element, 'name') ?? '';
  const form = attributeOf(element, 'form');
  const isQualified = form === undefined ? context.qualifiesElements : form === 'qualified';
  const name = { namespace: isQualified ? context.targetNamespace : '', local };
  return makeUse(reader, component, name, occurrence, readElementType(reader, component, `${owner}/${local}`));
}

/** An element as it is declared for all, or what may stand in its place (Part 1 §3.3.6). */
export function readGlobalElement(reader: TypeReader, component: Component, occurrence: Occurrence): XmlParticle {
  const substitutes = collectSubstitutes(reader, component);
  const isAbstract = attributeOf(component.element, 'abstract') === 'true';
  const candidates = isAbstract && substitutes.length > 0 ? substitutes : [component, ...substitutes];
  if (candidates.length === 1 && candidates[0] !== undefined) return globalUse(reader, candidates[0], occurrence);
  const particles = candidates.map((one) => globalUse(reader, one, { min: 1, max: 1 }));
  return { kind: 'choice', particles, ...occurrence };
}

/** The one element that a global declaration is, whatever may stand in its place. */
export function globalUse(reader: TypeReader, component: Component, occurrence: Occurrence): XmlElementUse {
  const name = nameOf(component);
  const owner = `{${name.namespace}}/${name.local}`;
  return makeUse(reader, component, name, occurrence, readElementType(reader, component, owner));
}

function collectSubstitutes(reader: TypeReader, head: Component): readonly Component[] {
  const found = new Set<Component>();
  const pending = [head];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const one of reader.schemas.substitutesFor(nameOf(next))) {
      if (one === head || found.has(one) || !reader.spend(one.element)) continue;
      pending.push(one);
      found.add(one);
    }
  }
  return [...found].filter(({ element }) => attributeOf(element, 'abstract') !== 'true');
}

function readElementType(reader: TypeReader, { element, context }: Component, owner: string): TypeRead {
  const stated = attributeOf(element, 'type');
  if (stated !== undefined) return reader.named(resolveName(element, stated, context), element);
  const inline = childrenOf(element, namespaces.schema).find(({ local }) => /^(complex|simple)Type$/.test(local));
  if (inline !== undefined) return reader.inline({ element: inline, context }, owner);
  // What takes the place of another has its type (Part 1 §3.3.2).
  const head = attributeOf(element, 'substitutionGroup');
  const target = head === undefined ? undefined : reader.schemas.find('element', resolveName(element, head, context));
  const inherited =
    target && reader.guard(target.element, () => readElementType(reader, target, `${owner}/${head ?? ''}`));
  return inherited ?? anyType;
}

function makeUse(
  reader: TypeReader,
  { element }: Component,
  name: XmlElementUse['name'],
  occurrence: Occurrence,
  { use, schema }: TypeRead,
): XmlElementUse {
  const [defaultValue, fixed] = [attributeOf(element, 'default'), attributeOf(element, 'fixed')];
  const made: XmlElementUse = {
    kind: 'element',
    name,
    member: name.local,
    type: use,
    ...occurrence,
    nillable: /^(true|1)$/.test(attributeOf(element, 'nillable') ?? ''),
    ...(defaultValue !== undefined && { default: defaultValue }),
    ...(fixed !== undefined && { fixed }),
  };
  const description = readDocumentation(element);
  reader.notes.set(made, { ...(schema !== undefined && { schema }), ...(description !== '' && { description }) });
  return made;
}

/** `minOccurs` and `maxOccurs`; what is no number counts as one. */
function readOccurrence(element: XmlElement): Occurrence {
  const read = (name: string): number => {
    const text = attributeOf(element, name)?.trim() ?? '';
    return /^\d+$/.test(text) ? Math.min(Number(text), Number.MAX_SAFE_INTEGER) : 1;
  };
  const max = attributeOf(element, 'maxOccurs')?.trim() === 'unbounded' ? null : read('maxOccurs');
  const min = read('minOccurs');
  return { min: max === null ? min : Math.min(min, max), max };
}

/** The documentation of a component, in plain text. */
export function readDocumentation(element: XmlElement): string {
  return childrenOf(element, namespaces.schema, 'annotation')
    .flatMap((annotation) => childrenOf(annotation, namespaces.schema, 'documentation'))
    .map((documentation) => textOf(documentation).replace(/\s+/g, ' ').trim())
    .filter((text) => text !== '')
    .join('\n');
}
