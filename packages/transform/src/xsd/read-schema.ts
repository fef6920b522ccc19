import { TransformError } from '../errors.ts';
import { attributeOf, childElements, type ElementNode, resolvePrefix, rootElement } from '../xml/node.ts';
import { parseXml } from '../xml/parse-xml.ts';
import type { BuiltIn, Particle, Schema, SchemaAttribute, SchemaElement, SchemaType } from './schema-model.ts';

const schemaNamespace = 'http://www.w3.org/2001/XMLSchema';
const maximumDocuments = 100;

/**
 * Reads what an XML Schema says about elements, with the schemas that it includes or imports by file name. Facets and identity are left to
 * validation. Throws `TransformError`.
 */
export function readSchema(text: string, schemas: Readonly<Record<string, string>>): Schema {
  const documents = loadDocuments(text, schemas);
  const reader = new SchemaReader(documents);
  const [main] = documents;
  if (main === undefined) throw invalid('it is empty');
  return { elements: reader.elements(), source: main.root, targetNamespace: main.namespace };
}

type SchemaDocument = { readonly root: ElementNode; readonly namespace: string; readonly isQualified: boolean };

function loadDocuments(text: string, schemas: Readonly<Record<string, string>>): readonly SchemaDocument[] {
  const documents: SchemaDocument[] = [];
  const seen = new Set<string>();
  const counter = { next: 0 };
  const load = (source: string, what: string, namespaceOfIncluder: string | undefined): void => {
    if (documents.length >= maximumDocuments) throw invalid(`it needs more than ${maximumDocuments} others`);
    const root = rootElement(parseXml(source, what, counter, 'ArtifactInvalid'));
    if (root === undefined || root.namespace !== schemaNamespace || root.local !== 'schema') {
      throw invalid(`${what} is no XML Schema`);
    }
    const namespace = attributeOf(root, 'targetNamespace') ?? namespaceOfIncluder ?? '';
    documents.push({ root, namespace, isQualified: attributeOf(root, 'elementFormDefault') === 'qualified' });
    for (const child of childElements(root)) {
      if (child.namespace !== schemaNamespace || !/^(?:include|import|redefine)$/.test(child.local)) continue;
      const location = attributeOf(child, 'schemaLocation') ?? '';
      const name = location.slice(location.search(/[^/\\]*$/));
      if (name === '' || seen.has(name)) continue;
      seen.add(name);
      const found = Object.hasOwn(schemas, name) ? schemas[name] : undefined;
      if (found === undefined) throw invalid(`it needs "${location}", which is not among the schemas`);
      load(found, `the schema "${name}"`, child.local === 'import' ? undefined : namespace);
    }
  };
  load(text, 'the schema', undefined);
  return documents;
}

class SchemaReader {
  readonly #documents: readonly SchemaDocument[];
  readonly #global = new Map<string, { readonly source: ElementNode; readonly document: SchemaDocument }>();
  readonly #types = new Map<ElementNode, SchemaType>();

  constructor(documents: readonly SchemaDocument[]) {
    this.#documents = documents;
    for (const document of documents) {
      for (const source of childElements(document.root)) {
        const name = attributeOf(source, 'name');
        if (source.namespace !== schemaNamespace || name === undefined) continue;
        const key = globalKey(source.local, document.namespace, name);
        if (!this.#global.has(key)) this.#global.set(key, { source, document });
      }
    }
  }

  elements(): ReadonlyMap<string, SchemaElement> {
    const found = new Map<string, SchemaElement>();
    for (const document of this.#documents) {
      for (const source of childElements(document.root)) {
        if (!isSchema(source, 'element')) continue;
        const element = this.#element(source, document, true);
        found.set(`{${element.namespace}}${element.name}`, element);
      }
    }
    return found;
  }

  #element(source: ElementNode, document: SchemaDocument, isGlobal: boolean): SchemaElement {
    const occurs = occurrences(source);
    const reference = attributeOf(source, 'ref');
    if (reference !== undefined) {
      const target = this.#find('element', reference, source);
      return { ...this.#element(target.source, target.document, true), ...occurs };
    }
    const form = attributeOf(source, 'form');
    const isQualified = isGlobal || (form === undefined ? document.isQualified : form === 'qualified');
    return {
      name: attributeOf(source, 'name') ?? '',
      namespace: isQualified ? document.namespace : '',
      ...occurs,
      type: () => this.#typeOf(source, document),
      source,
    };
  }

  #typeOf(source: ElementNode, document: SchemaDocument): SchemaType {
    const inline = childElements(source).find(
      (child) => isSchema(child, 'complexType') || isSchema(child, 'simpleType'),
    );
    if (inline?.local === 'complexType') return this.#complex(inline, document);
    if (inline !== undefined) return { kind: 'simple', base: this.#simple(inline, 0) };
    const named = attributeOf(source, 'type');
    if (named === undefined) return { kind: 'simple', base: 'string' };
    const complex = this.#lookUp('complexType', named, source);
    if (complex !== undefined) return this.#complex(complex.source, complex.document);
    return { kind: 'simple', base: this.#named(named, source, 0) };
  }

  #complex(source: ElementNode, document: SchemaDocument): SchemaType {
    const known = this.#types.get(source);
    if (known !== undefined) return known;
    const content = childElements(source).find(
      (child) => isSchema(child, 'complexContent') || isSchema(child, 'simpleContent'),
    );
    const type =
      content === undefined ? this.#complexOf(source, source, document) : this.#derived(content, source, document);
    this.#types.set(source, type);
    return type;
  }

  #complexOf(
    holder: ElementNode,
    source: ElementNode,
    document: SchemaDocument,
  ): Extract<SchemaType, { kind: 'complex' }> {
    const model = childElements(holder).find((child) => isModel(child));
    return {
      kind: 'complex',
      particle: model === undefined ? undefined : this.#particle(model, document, 0),
      attributes: this.#attributes(holder, document, 0),
      text: undefined,
      source,
    };
  }

  /** An extension has what its base has, and more; a restriction says everything anew. */
  #derived(content: ElementNode, source: ElementNode, document: SchemaDocument): SchemaType {
    const step = childElements(content).find((child) => isSchema(child, 'extension') || isSchema(child, 'restriction'));
    if (step === undefined) throw invalid(`<${content.local}> has neither extension nor restriction`);
    const own = this.#complexOf(step, source, document);
    const baseName = attributeOf(step, 'base') ?? '';
    const base = this.#lookUp('complexType', baseName, step);
    const inherited = base === undefined ? undefined : this.#complex(base.source, base.document);
    if (content.local === 'simpleContent') {
      const text = inherited?.kind === 'complex' ? (inherited.text ?? 'string') : this.#named(baseName, step, 0);
      const attributes = inherited?.kind === 'complex' ? inherited.attributes : [];
      return { ...own, particle: undefined, attributes: [...attributes, ...own.attributes], text };
    }
    if (step.local === 'restriction' || inherited?.kind !== 'complex') return own;
    const parts = [inherited.particle, own.particle].filter((part) => part !== undefined);
    return {
      ...own,
      particle: parts.length < 2 ? parts[0] : { kind: 'sequence', minOccurs: 1, maxOccurs: 1, items: parts },
      attributes: [...inherited.attributes, ...own.attributes],
    };
  }

  #particle(source: ElementNode, document: SchemaDocument, depth: number): Particle {
    if (depth > 50) throw invalid('its groups are nested too deeply');
    if (isSchema(source, 'element')) return { kind: 'element', element: this.#element(source, document, false) };
    if (isSchema(source, 'group')) {
      const target = this.#find('group', attributeOf(source, 'ref') ?? '', source);
      const model = childElements(target.source).find((child) => isModel(child));
      const items = model === undefined ? [] : [this.#particle(model, target.document, depth + 1)];
      return { kind: 'sequence', ...occurrences(source), items };
    }
    const kind = source.local === 'choice' || source.local === 'all' ? source.local : 'sequence';
    const items = childElements(source)
      .filter((child) => isModel(child) || isSchema(child, 'element'))
      .map((child) => this.#particle(child, document, depth + 1));
    return { kind, ...occurrences(source), items };
  }

  #attributes(holder: ElementNode, document: SchemaDocument, depth: number): readonly SchemaAttribute[] {
    if (depth > 50) throw invalid('its attribute groups are nested too deeply');
    return childElements(holder).flatMap((child) => {
      if (isSchema(child, 'attributeGroup') && attributeOf(child, 'ref') !== undefined) {
        const target = this.#find('attributeGroup', attributeOf(child, 'ref') ?? '', child);
        return this.#attributes(target.source, target.document, depth + 1);
      }
      if (!isSchema(child, 'attribute') || attributeOf(child, 'use') === 'prohibited') return [];
      const reference = attributeOf(child, 'ref');
      const target =
        reference === undefined ? { source: child, document } : this.#lookUp('attribute', reference, child);
      if (target === undefined) return [];
      const isQualified = reference !== undefined || attributeOf(child, 'form') === 'qualified';
      const inline = childElements(target.source).find((one) => isSchema(one, 'simpleType'));
      const base =
        inline === undefined
          ? this.#named(attributeOf(target.source, 'type') ?? '', target.source, 0)
          : this.#simple(inline, 0);
      const name = attributeOf(target.source, 'name') ?? '';
      const namespace = isQualified ? target.document.namespace : '';
      return [{ name, namespace, isRequired: attributeOf(child, 'use') === 'required', base, source: target.source }];
    });
  }

  #simple(source: ElementNode, depth: number): BuiltIn {
    const restriction = childElements(source).find((child) => isSchema(child, 'restriction'));
    if (restriction === undefined || depth > 50) return 'string';
    const base = attributeOf(restriction, 'base');
    if (base !== undefined) return this.#named(base, restriction, depth + 1);
    const inline = childElements(restriction).find((child) => isSchema(child, 'simpleType'));
    return inline === undefined ? 'string' : this.#simple(inline, depth + 1);
  }

  #named(name: string, at: ElementNode, depth: number): BuiltIn {
    const [prefix, local] = name.includes(':') ? (name.split(':') as [string, string]) : ['', name];
    if (resolvePrefix(at, prefix) === schemaNamespace) return builtIn(local);
    const found = this.#lookUp('simpleType', name, at);
    return found === undefined ? 'string' : this.#simple(found.source, depth + 1);
  }

  #find(
    kind: string,
    name: string,
    at: ElementNode,
  ): { readonly source: ElementNode; readonly document: SchemaDocument } {
    const found = this.#lookUp(kind, name, at);
    if (found === undefined) throw invalid(`there is no ${kind} "${name}"`);
    return found;
  }

  #lookUp(
    kind: string,
    name: string,
    at: ElementNode,
  ): { readonly source: ElementNode; readonly document: SchemaDocument } | undefined {
    const [prefix, local] = name.includes(':') ? (name.split(':') as [string, string]) : ['', name];
    const namespace = resolvePrefix(at, prefix) ?? '';
    // What is included without a namespace of its own takes on that of its includer.
    return (
      this.#global.get(globalKey(kind, namespace, local)) ??
      (prefix === '' ? this.#global.get(globalKey(kind, this.#documents[0]?.namespace ?? '', local)) : undefined)
    );
  }
}

function builtIn(name: string): BuiltIn {
  if (/^(?:integer|int|long|short|byte|(?:nonN|n)egativeInteger|(?:nonP|p)ositiveInteger|unsigned\w+)$/.test(name))
    return 'integer';
  if (/^(?:decimal|float|double)$/.test(name)) return 'decimal';
  if (name === 'boolean') return 'boolean';
  return /^(?:date|dateTime|time)$/.test(name) ? 'date-time' : 'string';
}

function occurrences(source: ElementNode): { readonly minOccurs: number; readonly maxOccurs: number } {
  const maximum = attributeOf(source, 'maxOccurs') ?? '1';
  return {
    minOccurs: Number(attributeOf(source, 'minOccurs') ?? '1'),
    maxOccurs: maximum === 'unbounded' ? Number.POSITIVE_INFINITY : Number(maximum),
  };
}

function isSchema(element: ElementNode, local: string): boolean {
  return element.namespace === schemaNamespace && element.local === local;
}

function isModel(element: ElementNode): boolean {
  return element.namespace === schemaNamespace && /^(?:sequence|choice|all|group)$/.test(element.local);
}

function globalKey(kind: string, namespace: string, name: string): string {
  return `${kind} {${namespace}}${name}`;
}

function invalid(why: string): TransformError {
  return new TransformError('ArtifactInvalid', `The schema cannot be used: ${why}.`);
}
