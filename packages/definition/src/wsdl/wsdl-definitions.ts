import type { XmlName } from '../soap-binding.ts';
import type { XmlDocument, XmlDocuments } from '../xml/xml-documents.ts';
import { attributeOf, childrenOf, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { isSchemaNamespace } from '../xsd/built-in-types.ts';
import { keyOf, resolveName, SchemaSet } from '../xsd/schema-set.ts';

export type WsdlKind = 'message' | 'portType' | 'binding';

const kinds: readonly WsdlKind[] = ['message', 'portType', 'binding'];

/** Namespaces whose types are known without a schema. */
const known: ReadonlySet<string> = new Set([namespaces.xml, namespaces.encoding11, namespaces.encoding12]);

/** Everything that a description and its imports define (WSDL 1.1 §2.1.1), by name. */
export class WsdlDefinitions {
  readonly schemas = new SchemaSet();
  readonly services: XmlElement[] = [];
  readonly #documents: XmlDocuments;
  readonly #components = new Map<string, XmlElement>();
  readonly #byLocalName = new Map<string, XmlElement[]>();
  readonly #seen = new Set<string>();
  readonly #missing: { readonly element: XmlElement; readonly location: string; readonly namespace: string }[] = [];

  constructor(documents: XmlDocuments, main: XmlDocument) {
    this.#documents = documents;
    const pending = [main];
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      if (this.#isNew(next.name)) pending.push(...this.#add(next));
    }
    for (const { element, location, namespace } of this.#missing) {
      // What another document brought is there, wherever it was said to be.
      if (namespace !== '' && this.schemas.knowsNamespace(namespace)) continue;
      documents.reading.report('import-not-given', documents.pointerOf(element), { found: location });
    }
  }

  /** What a reference means; one whose namespace is wrong means what alone has its name. What is not there is reported. */
  find(kind: WsdlKind, at: XmlElement, reference: string): XmlElement | undefined {
    const found = this.#lookUp(kind, at, reference);
    if (found === undefined) {
      this.#documents.reading.report('wsdl-name-not-found', this.#documents.pointerOf(at), { kind, found: reference });
    }
    return found;
  }

  knows(kind: WsdlKind, at: XmlElement, reference: string): boolean {
    return this.#lookUp(kind, at, reference) !== undefined;
  }

  #lookUp(kind: WsdlKind, at: XmlElement, reference: string): XmlElement | undefined {
    const name = resolveName(at, reference);
    const similar = this.#byLocalName.get(`${kind} ${name.local}`) ?? [];
    return this.#components.get(`${kind} ${keyOf(name)}`) ?? (similar.length === 1 ? similar[0] : undefined);
  }

  /** Every binding, in document order. */
  bindings(): readonly XmlElement[] {
    return [...this.#components].filter(([key]) => key.startsWith('binding ')).map(([, element]) => element);
  }

  /** The name of a component: its document's namespace and its own local name. */
  nameOf(element: XmlElement): XmlName {
    const namespace = element.parent === undefined ? '' : (attributeOf(element.parent, 'targetNamespace') ?? '');
    return { namespace, local: attributeOf(element, 'name') ?? '' };
  }

  #isNew(key: string): boolean {
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }

  /** Takes a document's definitions in; answers the documents that it imports. */
  #add(document: XmlDocument): readonly XmlDocument[] {
    const { root } = document;
    if (isSchemaNamespace(root.namespace) && root.local === 'schema') {
      this.#addSchema(document, root, undefined);
      return [];
    }
    for (const kind of kinds) {
      for (const element of childrenOf(root, namespaces.wsdl, kind)) this.#addComponent(kind, element);
    }
    this.services.push(...childrenOf(root, namespaces.wsdl, 'service'));
    for (const types of childrenOf(root, namespaces.wsdl, 'types')) {
      for (const schema of childrenOf(types, namespaces.schema, 'schema')) this.#addSchema(document, schema, undefined);
    }
    return childrenOf(root, namespaces.wsdl, 'import').flatMap((element) => {
      const location = attributeOf(element, 'location') ?? '';
      const target = location === '' ? undefined : this.#documents.follow(document, location);
      if (target === undefined && location !== '') this.#missing.push({ element, location, namespace: '' });
      return target === undefined ? [] : [target];
    });
  }

  #addComponent(kind: WsdlKind, element: XmlElement): void {
    const name = this.nameOf(element);
    const key = `${kind} ${keyOf(name)}`;
    if (this.#components.has(key)) return;
    this.#components.set(key, element);
    const byLocalName = `${kind} ${name.local}`;
    const same = this.#byLocalName.get(byLocalName);
    if (same === undefined) this.#byLocalName.set(byLocalName, [element]);
    else same.push(element);
  }

  /** Adds a schema and what it includes and imports, each document once for each namespace that it counts in. */
  #addSchema(document: XmlDocument, schema: XmlElement, including: string | undefined): void {
    const pending = [{ document, schema, including }];
    for (let next = pending.shift(); next !== undefined; next = pending.shift()) {
      const { document: from, schema: element, including: outer } = next;
      this.schemas.add(element, outer);
      const own = attributeOf(element, 'targetNamespace') ?? outer;
      for (const reference of childrenOf(element, namespaces.schema)) {
        if (!/^(import|include|redefine)$/.test(reference.local)) continue;
        const target = this.#followSchema(from, reference);
        const inherited = reference.local === 'import' ? undefined : own;
        if (target === undefined || !this.#isNew(`${target.name} ${inherited ?? ''}`)) continue;
        if (isSchemaNamespace(target.root.namespace)) {
          pending.push({ document: target, schema: target.root, including: inherited });
        }
      }
    }
  }

  #followSchema(from: XmlDocument, reference: XmlElement): XmlDocument | undefined {
    const location = attributeOf(reference, 'schemaLocation')?.trim() ?? '';
    if (location === '') return undefined;
    if (reference.local === 'redefine') {
      this.#documents.reading.lose('xsd-redefine', this.#documents.pointerOf(reference), { found: location });
    }
    const target = this.#documents.follow(from, location);
    if (target !== undefined) return target;
    const namespace = attributeOf(reference, 'namespace') ?? '';
    if (!known.has(namespace)) this.#missing.push({ element: reference, location, namespace });
    return undefined;
  }
}
