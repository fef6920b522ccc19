import type { XmlName } from '../soap-binding.ts';
import { attributeOf, childrenOf, namespaceFor, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';

/** A schema document as it counts in one place: a document without a namespace takes on that of who includes it. */
export type SchemaContext = {
  readonly targetNamespace: string;
  readonly isChameleon: boolean;
  readonly qualifiesElements: boolean;
  readonly qualifiesAttributes: boolean;
};

/** A component of a schema and the document that it stands in. */
export type Component = { readonly element: XmlElement; readonly context: SchemaContext };

export type ComponentKind = 'element' | 'type' | 'group' | 'attributeGroup' | 'attribute';

const kinds: Readonly<Record<string, ComponentKind>> = {
  element: 'element',
  complexType: 'type',
  simpleType: 'type',
  group: 'group',
  attributeGroup: 'attributeGroup',
  attribute: 'attribute',
};

export function keyOf({ namespace, local }: XmlName): string {
  return `{${namespace}}${local}`;
}

/** The global components of all schemas of a description, by name (XML Schema 1.0 Part 1 §2.5). */
export class SchemaSet {
  readonly #components = new Map<string, Component>();
  readonly #namespaces = new Set<string>();
  #derived: Map<string, Component[]> | undefined;
  #substitutes: Map<string, Component[]> | undefined;

  /** Adds a schema's global components. Without a namespace of its own it takes the one of who includes it. */
  add(schema: XmlElement, including: string | undefined): void {
    const own = attributeOf(schema, 'targetNamespace');
    const targetNamespace = own ?? including ?? '';
    const context: SchemaContext = {
      targetNamespace,
      isChameleon: own === undefined && targetNamespace !== '',
      qualifiesElements: attributeOf(schema, 'elementFormDefault') === 'qualified',
      qualifiesAttributes: attributeOf(schema, 'attributeFormDefault') === 'qualified',
    };
    this.#namespaces.add(targetNamespace);
    for (const element of childrenOf(schema, namespaces.schema)) {
      const kind = Object.hasOwn(kinds, element.local) ? kinds[element.local] : undefined;
      const local = attributeOf(element, 'name');
      if (kind === undefined || local === undefined) continue;
      const key = `${kind} ${keyOf({ namespace: targetNamespace, local })}`;
      if (!this.#components.has(key)) this.#components.set(key, { element, context });
    }
  }

  knowsNamespace(namespace: string): boolean {
    return this.#namespaces.has(namespace);
  }

  find(kind: ComponentKind, name: XmlName): Component | undefined {
    return this.#components.get(`${kind} ${keyOf(name)}`);
  }

  /** The global complex types that are derived directly from a type. */
  derivedFrom(key: string): readonly Component[] {
    this.#derived ??= this.#index('type', (component) => {
      for (const content of ['complexContent', 'simpleContent']) {
        for (const outer of childrenOf(component.element, namespaces.schema, content)) {
          for (const derivation of childrenOf(outer, namespaces.schema)) {
            const base = attributeOf(derivation, 'base');
            if (base !== undefined) return keyOf(resolveName(derivation, base, component.context));
          }
        }
      }
      return undefined;
    });
    return this.#derived.get(key) ?? [];
  }

  /** The global elements that name an element as the head of their substitution group. */
  substitutesFor(name: XmlName): readonly Component[] {
    this.#substitutes ??= this.#index('element', ({ element, context }) => {
      const head = attributeOf(element, 'substitutionGroup');
      return head === undefined ? undefined : keyOf(resolveName(element, head, context));
    });
    return this.#substitutes.get(keyOf(name)) ?? [];
  }

  #index(kind: ComponentKind, keyFor: (component: Component) => string | undefined): Map<string, Component[]> {
    const index = new Map<string, Component[]>();
    for (const [key, component] of this.#components) {
      const target = key.startsWith(`${kind} `) ? keyFor(component) : undefined;
      if (target === undefined) continue;
      const known = index.get(target);
      if (known === undefined) index.set(target, [component]);
      else known.push(component);
    }
    return index;
  }
}

/** The name of a global component. */
export function nameOf({ element, context }: Component): XmlName {
  return { namespace: context.targetNamespace, local: attributeOf(element, 'name') ?? '' };
}

/** What a QName in an attribute means. A prefix that nobody declared leaves it without a namespace. */
export function resolveName(at: XmlElement, text: string, context?: SchemaContext): XmlName {
  const trimmed = text.trim();
  const colon = trimmed.indexOf(':');
  const local = trimmed.slice(colon + 1);
  const namespace = namespaceFor(at, colon === -1 ? '' : trimmed.slice(0, colon)) ?? '';
  // What a document without a namespace refers to is in the namespace that it took on (Part 1 §4.2.1).
  return { namespace: namespace === '' && context?.isChameleon === true ? context.targetNamespace : namespace, local };
}
