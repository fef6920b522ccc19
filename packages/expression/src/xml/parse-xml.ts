import { SaxesParser, type SaxesTagNS } from 'saxes';
import { invalidArgument } from '../functions/check-arguments.ts';
import { maximumJsonDepth } from '../json-depth.ts';
import type { XmlAttribute, XmlDocument, XmlElement, XmlNode } from './xml-node.ts';

const maxXmlLength = 20_000_000;
const maxXmlNodes = 1_000_000;

/**
 * Parses XML 1.0 with namespaces. Text of white space alone is left out, as .NET does, unless `xml:space` says otherwise. A document
 * type is refused, so there are no entities to expand and nothing outside to fetch; length, nodes and depth are bounded.
 */
export function parseXml(functionName: string, text: string): XmlDocument {
  if (text.length > maxXmlLength)
    throw invalidArgument(functionName, `was given more than ${maxXmlLength} characters of XML.`);
  const parser = new SaxesParser({ xmlns: true });
  const builder = new DocumentBuilder((what) => invalidArgument(functionName, what));
  parser.on('error', (error) => {
    const [why = ''] = error.message.split('\n');
    throw invalidArgument(functionName, `was given text that is not well-formed XML: ${why}`, { cause: error });
  });
  parser.on('doctype', () => {
    throw invalidArgument(functionName, 'was given XML with a document type, which is not read.');
  });
  parser.on('xmldecl', ({ version, encoding, standalone }) => builder.declare({ version, encoding, standalone }));
  parser.on('opentag', (tag) => builder.open(tag));
  parser.on('closetag', () => builder.close());
  parser.on('text', (content) => builder.text('text', content));
  parser.on('cdata', (content) => builder.text('cdata', content));
  parser.on('comment', (content) => builder.text('comment', content));
  parser.on('processinginstruction', ({ target, body }) => builder.instruction(target, body));
  parser.write(text.startsWith('\uFEFF') ? text.slice(1) : text).close();
  return builder.document;
}

/** What is still being read; it is not changed any more once it is given out. */
type OpenElement = XmlElement & { readonly children: XmlNode[]; readonly attributes: XmlAttribute[] };
type OpenDocument = XmlDocument & { readonly children: XmlNode[]; declaration: XmlDocument['declaration'] };

class DocumentBuilder {
  readonly document: OpenDocument = {
    kind: 'document',
    children: [],
    parent: undefined,
    order: 0,
    declaration: undefined,
  };
  readonly #refuse: (what: string) => Error;
  #current: OpenElement | OpenDocument = this.document;
  #namespaces: ReadonlyMap<string, string> = new Map([['xml', 'http://www.w3.org/XML/1998/namespace']]);
  #depth = 0;
  #order = 0;

  constructor(refuse: (what: string) => Error) {
    this.#refuse = refuse;
  }

  declare(attributes: { readonly [name: string]: string | undefined }): void {
    this.document.declaration = Object.entries(attributes).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
  }

  open(tag: SaxesTagNS): void {
    this.#depth += 1;
    if (this.#depth > maximumJsonDepth)
      throw this.#refuse(`was given XML that nests deeper than ${maximumJsonDepth} levels.`);
    const declared = Object.entries(tag.ns);
    const inherited = this.#current.kind === 'element' ? this.#current.namespaces : this.#namespaces;
    const element: OpenElement = {
      kind: 'element',
      name: tag.name,
      local: tag.local,
      namespace: tag.uri,
      attributes: [],
      namespaces: declared.length === 0 ? inherited : new Map([...inherited, ...declared]),
      children: [],
      parent: this.#current,
      isSelfClosing: tag.isSelfClosing,
      order: this.#next(),
    };
    for (const { name, prefix, local, uri, value } of Object.values(tag.attributes)) {
      const isDeclaration = prefix === 'xmlns' || name === 'xmlns';
      const [parent, order] = [element, this.#next()];
      element.attributes.push({ kind: 'attribute', name, local, namespace: uri, value, isDeclaration, parent, order });
    }
    this.#current.children.push(element);
    this.#current = element;
  }

  close(): void {
    this.#depth -= 1;
    const { parent } = this.#current;
    // Every parent was made here.
    if (parent !== undefined) this.#current = parent as OpenElement | OpenDocument;
  }

  text(kind: 'text' | 'cdata' | 'comment', value: string): void {
    const parent = this.#current;
    if (kind === 'text' && (parent.kind === 'document' || (isBlank(value) && !keepsSpace(parent)))) return;
    parent.children.push({ kind, value, parent, order: this.#next() });
  }

  instruction(name: string, value: string): void {
    this.#current.children.push({ kind: 'instruction', name, value, parent: this.#current, order: this.#next() });
  }

  #next(): number {
    this.#order += 1;
    if (this.#order > maxXmlNodes) throw this.#refuse(`was given XML of more than ${maxXmlNodes} nodes.`);
    return this.#order;
  }
}

function isBlank(text: string): boolean {
  return !/[^ \t\r\n]/.test(text);
}

function keepsSpace(element: XmlElement): boolean {
  for (let at: XmlElement | XmlDocument = element; at.kind === 'element'; at = at.parent) {
    const space = at.attributes.find(({ name }) => name === 'xml:space');
    if (space !== undefined) return space.value === 'preserve';
  }
  return false;
}
