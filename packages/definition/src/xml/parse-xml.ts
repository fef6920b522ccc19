import { SaxesParser } from 'saxes';
import type { XmlElement } from './xml-element.ts';

/** A parsed document. `root` is absent when it cannot be read; then `problem` says why and where. */
export type ParsedXml = {
  readonly root?: XmlElement;
  readonly problem?: { readonly kind: 'invalid' | 'refused'; readonly message: string; readonly offset: number };
  /** Where a DOCTYPE stood. It is never used: no entity of it is known and nothing of it is fetched. */
  readonly doctypeOffset?: number;
};

/** Nothing published comes near; what is made to exhaust the stack or the memory does. */
const maxDepth = 200;
const maxAttributes = 500;
const maxNodes = 1_000_000;

class XmlRefused extends Error {
  readonly kind: 'invalid' | 'refused';
  readonly offset: number;
  constructor(kind: 'invalid' | 'refused', message: string, offset: number) {
    super(message);
    this.name = 'XmlRefused';
    this.kind = kind;
    this.offset = offset;
  }
}

/** Parses XML 1.0 with namespaces. Entities other than XML's own five are errors, never expanded. Never throws, whatever the text. */
export function parseXml(text: string): ParsedXml {
  const parser = new SaxesParser({ xmlns: true, position: true });
  const builder = new TreeBuilder();
  let doctypeOffset: number | undefined;
  let start = 0;
  parser.on('error', (error) => {
    throw new XmlRefused('invalid', error.message.replace(/^\d+:\d+: /, ''), parser.position);
  });
  parser.on('doctype', () => {
    doctypeOffset = Math.max(text.indexOf('<!DOCTYPE'), 0);
  });
  parser.on('opentagstart', ({ name }) => {
    start = parser.position - name.length - 2;
    builder.begin(start);
  });
  parser.on('attribute', () => builder.countAttribute(start));
  parser.on('opentag', (tag) => {
    builder.open({
      prefix: tag.prefix,
      local: tag.local,
      namespace: tag.uri,
      attributes: Object.values(tag.attributes)
        .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
        .map(({ local, uri, value }) => ({ local, namespace: uri, value })),
      declared: new Map(Object.entries(tag.ns)),
      offset: start,
    });
  });
  parser.on('text', (content) => builder.text(content, parser.position));
  parser.on('cdata', (content) => builder.text(content, parser.position));
  parser.on('closetag', () => builder.close());
  const doctype = () => (doctypeOffset === undefined ? {} : { doctypeOffset });
  try {
    parser.write(text).close();
  } catch (error) {
    if (!(error instanceof XmlRefused)) throw error;
    const { kind, message, offset } = error;
    return { problem: { kind, message, offset }, ...doctype() };
  }
  return { ...(builder.root !== undefined && { root: builder.root }), ...doctype() };
}

/** An element while its content is still being read. */
type OpenElement = XmlElement & { readonly children: (XmlElement | string)[] };

class TreeBuilder {
  root: XmlElement | undefined;
  #current: OpenElement | undefined;
  #depth = 0;
  #nodes = 0;
  #attributes = 0;

  begin(offset: number): void {
    this.#depth += 1;
    this.#attributes = 0;
    if (this.#depth > maxDepth) {
      throw new XmlRefused('refused', `it nests deeper than ${maxDepth} levels, which is more than is read`, offset);
    }
    this.#count(offset);
  }

  countAttribute(offset: number): void {
    this.#attributes += 1;
    this.#count(offset);
    if (this.#attributes > maxAttributes) {
      throw new XmlRefused('refused', `an element has more than ${maxAttributes} attributes`, offset);
    }
  }

  open(element: Omit<XmlElement, 'children' | 'parent'>): void {
    const opened: OpenElement = { ...element, children: [], parent: this.#current };
    this.#current?.children.push(opened);
    this.root ??= opened;
    this.#current = opened;
  }

  text(content: string, offset: number): void {
    this.#count(offset);
    this.#current?.children.push(content);
  }

  close(): void {
    this.#depth -= 1;
    // The parser reports elements that close in the wrong order before it gets here.
    this.#current = this.#current?.parent as OpenElement | undefined;
  }

  #count(offset: number): void {
    this.#nodes += 1;
    if (this.#nodes > maxNodes) {
      throw new XmlRefused('refused', `it has more than ${maxNodes} elements, attributes and texts`, offset);
    }
  }
}
