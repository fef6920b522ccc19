/** XML as XPath 1.0 sees it (§5): a tree of nodes in document order. */

export type XmlNode =
  | DocumentNode
  | ElementNode
  | AttributeNode
  | TextNode
  | CommentNode
  | InstructionNode
  | NamespaceNode;
export type ChildNode = ElementNode | TextNode | CommentNode | InstructionNode;
export type ParentNode = DocumentNode | ElementNode;

type Place = {
  /** Grows in document order, also from one document to the next. */
  readonly order: number;
  readonly parent: ParentNode | undefined;
};

export type DocumentNode = {
  readonly kind: 'document';
  readonly order: number;
  readonly parent: undefined;
  readonly children: ChildNode[];
};

export type ElementNode = Place & {
  readonly kind: 'element';
  readonly namespace: string;
  readonly prefix: string;
  readonly local: string;
  readonly attributes: AttributeNode[];
  readonly children: ChildNode[];
  /** Declared on this element: prefix → namespace. */
  readonly declared: Map<string, string>;
};

export type AttributeNode = Place & {
  readonly kind: 'attribute';
  readonly namespace: string;
  readonly prefix: string;
  readonly local: string;
  readonly value: string;
};

export type TextNode = Place & { readonly kind: 'text'; readonly value: string };
export type CommentNode = Place & { readonly kind: 'comment'; readonly value: string };
export type InstructionNode = Place & { readonly kind: 'instruction'; readonly target: string; readonly value: string };
export type NamespaceNode = Place & { readonly kind: 'namespace'; readonly prefix: string; readonly value: string };

/** The name as it is written, with its prefix. */
export function qualifiedName(node: { readonly prefix: string; readonly local: string }): string {
  return node.prefix === '' ? node.local : `${node.prefix}:${node.local}`;
}

/** The string-value of a node (XPath 1.0 §5). */
export function stringValue(node: XmlNode): string {
  if (node.kind !== 'document' && node.kind !== 'element') return node.value;
  const only = node.children.length === 1 ? node.children[0] : undefined;
  if (only?.kind === 'text') return only.value;
  let text = '';
  const open: ChildNode[] = node.children.toReversed();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.kind === 'text') text += next.value;
    else if (next.kind === 'element')
      for (let at = next.children.length - 1; at >= 0; at--) open.push(next.children[at] as ChildNode);
  }
  return text;
}

/** The element that a document holds. */
export function rootElement(document: DocumentNode): ElementNode | undefined {
  return document.children.find((child) => child.kind === 'element');
}

export function childElements(parent: ParentNode): readonly ElementNode[] {
  return parent.children.filter((child) => child.kind === 'element');
}

/** The value of an attribute without a namespace. */
export function attributeOf(element: ElementNode, local: string): string | undefined {
  return element.attributes.find((attribute) => attribute.local === local && attribute.namespace === '')?.value;
}

/** The namespace that a prefix means at an element; the empty prefix is the default namespace. */
export function resolvePrefix(element: ElementNode, prefix: string): string | undefined {
  if (prefix === 'xml') return xmlNamespace;
  for (let at: ParentNode | undefined = element; at?.kind === 'element'; at = at.parent) {
    const found = at.declared.get(prefix);
    if (found !== undefined) return found;
  }
  return prefix === '' ? '' : undefined;
}

/** Every namespace in scope at an element, by prefix; the default one only when there is one. */
export function namespacesInScope(element: ElementNode): ReadonlyMap<string, string> {
  const found = new Map<string, string>([['xml', xmlNamespace]]);
  const chain: ElementNode[] = [];
  for (let at: ParentNode | undefined = element; at?.kind === 'element'; at = at.parent) chain.push(at);
  for (const one of chain.reverse()) for (const [prefix, uri] of one.declared) found.set(prefix, uri);
  if (found.get('') === '') found.delete('');
  return found;
}

export const xmlNamespace = 'http://www.w3.org/XML/1998/namespace';
