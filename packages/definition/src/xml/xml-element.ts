/** An element of an XML document, namespaces resolved. Text between elements stands as strings among its children. */
export type XmlElement = {
  readonly prefix: string;
  readonly local: string;
  /** Empty for none. */
  readonly namespace: string;
  /** Without namespace declarations. */
  readonly attributes: readonly XmlAttribute[];
  readonly children: readonly (XmlElement | string)[];
  readonly parent: XmlElement | undefined;
  /** The namespaces declared on this element, by prefix; empty for the default one. */
  readonly declared: ReadonlyMap<string, string>;
  /** Where it begins in the text, in UTF-16 code units. */
  readonly offset: number;
};

export type XmlAttribute = { readonly local: string; readonly namespace: string; readonly value: string };

/** The value of an attribute: an unqualified one unless a namespace is given. */
export function attributeOf(element: XmlElement, local: string, namespace = ''): string | undefined {
  return element.attributes.find((one) => one.local === local && one.namespace === namespace)?.value;
}

export function isElement(node: XmlElement | string): node is XmlElement {
  return typeof node !== 'string';
}

/** The elements directly below one, of a namespace and (unless any will do) a name. */
export function childrenOf(element: XmlElement, namespace: string, local?: string): readonly XmlElement[] {
  return element.children.filter(
    (node): node is XmlElement =>
      isElement(node) && node.namespace === namespace && (local === undefined || node.local === local),
  );
}

/** The text directly in an element. */
export function textOf(element: XmlElement): string {
  const { children } = element;
  const [only] = children;
  if (children.length === 1 && typeof only === 'string') return only;
  return children.filter((node) => typeof node === 'string').join('');
}

/** What a prefix stands for at an element (Namespaces in XML 1.0 §6); undefined for one that was not declared. */
export function namespaceFor(element: XmlElement, prefix: string): string | undefined {
  if (prefix === 'xml') return 'http://www.w3.org/XML/1998/namespace';
  for (let at: XmlElement | undefined = element; at !== undefined; at = at.parent) {
    const found = at.declared.get(prefix);
    if (found !== undefined) return found;
  }
  return prefix === '' ? '' : undefined;
}
