import type { FindingCode } from '../finding-table.ts';
import type { LossCode } from '../loss-table.ts';
import type { SchemaModel, XmlAttributeUse, XmlComplexType, XmlElementUse, XmlName, XmlTypeUse } from '../model.ts';
import type { XmlDocuments } from '../xml/xml-documents.ts';
import type { XmlElement } from '../xml/xml-element.ts';
import { anyType } from './any-type.ts';
import { builtInType } from './built-in-types.ts';
import { readComplexType } from './read-complex-type.ts';
import { anySimpleType, readNamedSimpleType, readSimpleType, type SimpleRead } from './read-simple-type.ts';
import { type Component, keyOf, nameOf, type SchemaSet } from './schema-set.ts';

/** What a schema says of an element or attribute besides how it is written: for forms. */
export type Note = { readonly schema?: SchemaModel; readonly description?: string };

/** A type that an element has, with the shape of its text where it is simple. */
export type TypeRead = { readonly use: XmlTypeUse; readonly schema?: SchemaModel };

/** Deeper, types build on each other only in documents that were made to exhaust the stack. */
const maxDepth = 100;
/** What groups and inherited content may multiply to in all. */
const maxParticles = 100_000;

/**
 * Reads the types that messages reach. Each complex type is read once, under its key, and what refers to it holds the key; so types
 * may contain themselves.
 */
export class TypeReader {
  readonly schemas: SchemaSet;
  /** The complex types read so far, by key. */
  readonly types = new Map<string, XmlComplexType>();
  readonly notes = new WeakMap<XmlElementUse | XmlAttributeUse, Note>();
  /** The shape of the text of complex types that have one, by key. */
  readonly texts = new Map<string, SchemaModel>();
  /** What a complex type's own documentation says, by key. */
  readonly descriptions = new Map<string, string>();
  readonly #documents: XmlDocuments;
  readonly #keys = new PerComponent<string>();
  readonly #components = new Map<string, Component>();
  readonly #pending: string[] = [];
  readonly #simple = new PerComponent<SimpleRead>();
  readonly #open = new Set<XmlElement>();
  #depth = 0;
  #particles = 0;

  constructor(documents: XmlDocuments, schemas: SchemaSet) {
    this.#documents = documents;
    this.schemas = schemas;
  }

  report(code: FindingCode, element: XmlElement, details: { readonly [name: string]: string } = {}): void {
    this.#documents.reading.report(code, this.#documents.pointerOf(element), details);
  }

  lose(code: LossCode, element: XmlElement, details: { readonly [name: string]: string } = {}): void {
    this.#documents.reading.lose(code, this.#documents.pointerOf(element), details);
  }

  /** The type that a name means. What no schema defines is any value. */
  named(name: XmlName, at: XmlElement): TypeRead {
    if (builtInType(name)?.kind === 'any') return anyType;
    const simple = readNamedSimpleType(this, name);
    if (simple !== undefined) return { use: simple.xml, schema: simple.schema };
    const component = this.schemas.find('type', name);
    if (component !== undefined) return { use: { kind: 'complex', key: this.keyFor(component) } };
    this.report('xsd-name-not-found', at, { found: keyOf(name) });
    return anyType;
  }

  /** A type that stands inside an element: its key tells where. */
  inline(component: Component, owner: string): TypeRead {
    if (component.element.local === 'simpleType') {
      const simple = readSimpleType(this, component);
      return { use: simple.xml, schema: simple.schema };
    }
    return { use: { kind: 'complex', key: this.keyFor(component, owner) } };
  }

  /** The key of a complex type, which is read sooner or later. */
  keyFor(component: Component, owner = ''): string {
    const known = this.#keys.get(component);
    if (known !== undefined) return known;
    const name = nameOf(component);
    // A slash is in no name, so anonymous types' keys are their own.
    const base = name.local === '' ? `${owner}/` : keyOf(name);
    let key = base;
    for (let number = 2; this.#components.has(key); number += 1) key = `${base}${number}`;
    this.#components.set(key, component);
    this.#keys.set(component, key);
    this.#pending.push(key);
    return key;
  }

  /** Reads every complex type that was reached, those that may stand in their place, and what they reach. */
  readReached(): void {
    for (let key = this.#pending.pop(); key !== undefined; key = this.#pending.pop()) {
      this.readNow(key);
      for (const derived of this.schemas.derivedFrom(key)) this.keyFor(derived);
    }
  }

  /** A complex type by its key, read now where that is still to be done. */
  readNow(key: string): XmlComplexType | undefined {
    const component = this.#components.get(key);
    return component === undefined ? undefined : this.complex(key, component);
  }

  /** A complex type by its component, read now: what derives from it needs its content. */
  complex(key: string, component: Component): XmlComplexType {
    const known = this.types.get(key);
    if (known !== undefined) return known;
    const read = this.guard(component.element, () => readComplexType(this, component, key)) ?? { attributes: [] };
    this.types.set(key, read);
    return read;
  }

  /** A simple type, read once; one that builds on itself is any text. */
  once(component: Component, read: () => SimpleRead): SimpleRead {
    const known = this.#simple.get(component);
    if (known !== undefined) return known;
    const result = this.guard(component.element, read) ?? anySimpleType;
    this.#simple.set(component, result);
    return result;
  }

  /** Does something for a component unless that is being done already or nests too deep, which is reported. */
  guard<T>(element: XmlElement, work: () => T): T | undefined {
    if (this.#open.has(element)) {
      this.report('xsd-loop', element);
      return undefined;
    }
    if (this.#depth >= maxDepth) {
      this.report('schema-too-deep', element);
      return undefined;
    }
    this.#open.add(element);
    this.#depth += 1;
    try {
      return work();
    } finally {
      this.#open.delete(element);
      this.#depth -= 1;
    }
  }

  /** Whether more particles may be made; reported once when not. */
  spend(element: XmlElement, count = 1): boolean {
    this.#particles += count;
    if (this.#particles <= maxParticles) return true;
    if (this.#particles - count <= maxParticles) this.report('xsd-too-large', element);
    return false;
  }
}

/** Something kept of each component; one that stands in two namespaces is two. */
class PerComponent<T> {
  readonly #values = new WeakMap<XmlElement, WeakMap<Component['context'], T>>();

  get({ element, context }: Component): T | undefined {
    return this.#values.get(element)?.get(context);
  }

  set({ element, context }: Component, value: T): void {
    const values = this.#values.get(element) ?? new WeakMap<Component['context'], T>();
    values.set(context, value);
    this.#values.set(element, values);
  }
}
