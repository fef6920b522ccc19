/** A parsed document as XPath sees it (XPath 1.0 §5), with what JSON tells beside: CDATA and how empty elements were written. */
export type XmlDocument = {
  readonly kind: 'document';
  readonly children: readonly XmlNode[];
  readonly parent: undefined;
  readonly order: number;
  /** Attributes of the XML declaration, as written. */
  readonly declaration: readonly (readonly [name: string, value: string])[] | undefined;
};

export type XmlElement = {
  readonly kind: 'element';
  /** As written, with its prefix. */
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly attributes: readonly XmlAttribute[];
  /** Namespaces by prefix that are in scope here; shared with the parent where the element declares none. */
  readonly namespaces: ReadonlyMap<string, string>;
  readonly children: readonly XmlNode[];
  readonly parent: XmlElement | XmlDocument;
  readonly isSelfClosing: boolean;
  readonly order: number;
};

/** Declarations of namespaces are kept among the attributes, with `isDeclaration`. */
export type XmlAttribute = {
  readonly kind: 'attribute';
  readonly name: string;
  readonly local: string;
  readonly namespace: string;
  readonly value: string;
  readonly isDeclaration: boolean;
  readonly parent: XmlElement;
  readonly order: number;
};

export type XmlText = {
  readonly kind: 'text' | 'cdata' | 'comment';
  readonly value: string;
  readonly parent: XmlElement | XmlDocument;
  readonly order: number;
};

export type XmlInstruction = {
  readonly kind: 'instruction';
  readonly name: string;
  readonly value: string;
  readonly parent: XmlElement | XmlDocument;
  readonly order: number;
};

/** A namespace in scope at an element; made when an expression asks for it. */
export type XmlNamespace = {
  readonly kind: 'namespace';
  readonly prefix: string;
  readonly value: string;
  readonly parent: XmlElement;
  readonly order: number;
};

/** What stands among children. */
export type XmlNode = XmlElement | XmlText | XmlInstruction;
/** Everything that an XPath expression can select. */
export type AnyXmlNode = XmlNode | XmlAttribute | XmlNamespace | XmlDocument;
