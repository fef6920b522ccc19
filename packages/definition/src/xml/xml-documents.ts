import type { Description } from '../format.ts';
import { resolveName } from '../source/document-set.ts';
import { escapePointer, pointerNames } from '../source/pointer.ts';
import { Reading } from '../source/reading.ts';
import type { Location, SourceDocument } from '../source/source-document.ts';
import { parseXml } from './parse-xml.ts';
import { attributeOf, childrenOf, isElement, type XmlElement } from './xml-element.ts';
import { namespaces } from './xml-namespaces.ts';

/** A document of a set: its own file's name, from which its references are resolved. */
export type XmlDocument = { readonly name: string; readonly root: XmlElement };

/**
 * The XML documents of one description: the first one and what it brings in. Places are told by pointers that name elements and their
 * position among siblings of that name; a pointer into another file than the first begins with that file's number.
 */
export class XmlDocuments {
  readonly reading: Reading;
  readonly #find: (name: string) => Description | undefined;
  readonly #opened = new Map<string, XmlDocument | undefined>();
  readonly #files: { readonly description: Description; readonly root: XmlElement | undefined }[] = [];
  readonly #indexes = new Map<XmlElement, number>();

  constructor(main: Description, find: (name: string) => Description | undefined) {
    this.#find = find;
    const document: SourceDocument = {
      source: main.source,
      root: null,
      locate: (pointer) => this.#locate(pointer),
    };
    this.reading = new Reading(document);
  }

  /** Parses a file of the set, once; undefined when it cannot be read, which is reported. */
  open(description: Description): XmlDocument | undefined {
    const { name } = description.source;
    if (this.#opened.has(name)) return this.#opened.get(name);
    const { root, problem, doctypeOffset } = parseXml(description.source.text);
    const index = this.#files.push({ description, root }) - 1;
    if (root !== undefined) this.#indexes.set(root, index);
    const start = `/\u0000${index}/\u0000`;
    if (doctypeOffset !== undefined) this.reading.report('xml-doctype', `${start}${doctypeOffset}`);
    if (problem !== undefined) {
      const code = problem.kind === 'invalid' ? 'xml-invalid' : 'xml-refused';
      this.reading.report(code, `${start}${problem.offset}`, { found: problem.message });
    }
    const document = root === undefined ? undefined : { name, root };
    this.#opened.set(name, document);
    return document;
  }

  /** Another file, by the location that an element of this set gives it; undefined when it was not given. */
  follow(from: XmlDocument, location: string): XmlDocument | undefined {
    const name = resolveName(from.name, location);
    if (this.#opened.has(name)) return this.#opened.get(name);
    const description = this.#find(name);
    return description === undefined ? undefined : this.open(description);
  }

  pointerOf(element: XmlElement): string {
    const names: string[] = [];
    let at = element;
    for (; at.parent !== undefined; at = at.parent) {
      const { parent, local } = at;
      const same = parent.children.filter((node): node is XmlElement => isElement(node) && node.local === local);
      names.unshift(escapePointer(local), String(same.indexOf(at)));
    }
    names.unshift(escapePointer(at.local));
    const index = this.#indexes.get(at) ?? 0;
    return `${index === 0 ? '' : `/\u0000${index}`}/${names.join('/')}`;
  }

  #locate(pointer: string): Location {
    const names = [...pointerNames(pointer)];
    const index = names[0]?.startsWith('\u0000') === true ? Number(names.shift()?.slice(1)) : 0;
    const { description, root } = this.#files[index] ?? { description: undefined, root: undefined };
    const source = description?.source ?? this.reading.document.source;
    if (names[0]?.startsWith('\u0000') === true) {
      return { source: source.name, pointer: '', ...source.positionAt(Number(names[0].slice(1))) };
    }
    const own = names.map((name) => `/${escapePointer(name)}`).join('');
    return { source: source.name, pointer: own, ...source.positionAt(offsetOf(root, names.slice(1))) };
  }
}

function offsetOf(root: XmlElement | undefined, names: readonly string[]): number {
  let at = root;
  for (let index = 0; at !== undefined && index < names.length; index += 2) {
    const same: readonly XmlElement[] = at.children.filter(
      (node): node is XmlElement => isElement(node) && node.local === names[index],
    );
    at = same[Number(names[index + 1])];
  }
  return at?.offset ?? 0;
}

/** The locations that a WSDL or XML Schema document names, resolved against its own name. */
export function referencedXmlFiles(name: string, text: string): readonly string[] {
  const { root } = parseXml(text);
  if (root === undefined) return [];
  const schemas =
    root.namespace === namespaces.schema
      ? [root]
      : childrenOf(root, namespaces.wsdl, 'types').flatMap((types) => childrenOf(types, namespaces.schema, 'schema'));
  const locations = [
    ...childrenOf(root, namespaces.wsdl, 'import').map((element) => attributeOf(element, 'location')),
    ...schemas.flatMap((schema) =>
      ['import', 'include', 'redefine'].flatMap((local) =>
        childrenOf(schema, namespaces.schema, local).map((element) => attributeOf(element, 'schemaLocation')),
      ),
    ),
  ];
  const given = locations.filter((one): one is string => one !== undefined && one !== '');
  return [...new Set(given.map((location) => resolveName(name, location)))];
}
