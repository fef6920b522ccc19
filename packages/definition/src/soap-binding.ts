/**
 * How an operation's JSON becomes a SOAP message and back: what the WSDL and its schemas say, in plain JSON. Pure types. Recursion is
 * only through the named types of {@link XmlTypes}.
 */

/** A qualified name; the namespace is empty for none. */
export type XmlName = { readonly namespace: string; readonly local: string };

export type SoapVersion = '1.1' | '1.2';

export type SoapBinding = {
  readonly version: SoapVersion;
  /** `rest`: JSON in, JSON out. `passThrough`: the caller gives the XML and gets the envelope that came. */
  readonly mode: 'rest' | 'passThrough';
  /** `soapAction`; may be empty. */
  readonly action: string;
  /** What follows the base URL: nothing, a slash, a query. Every operation of a port has one address. */
  readonly endpoint: string;
  readonly request: SoapMessage;
  /** Absent for a one-way operation. */
  readonly response?: SoapMessage;
  /** What may stand in a fault's detail. */
  readonly faults: readonly XmlElementUse[];
};

export type SoapMessage = {
  /** For rpc: the element around the parts (WSDL 1.1 §3.5). */
  readonly wrapper?: XmlName;
  /** What stands in the body, in order. */
  readonly parts: readonly XmlElementUse[];
  /** `content`: the JSON is the value of the only part. `parts`: the JSON is an object with a member for each part. */
  readonly shape: 'content' | 'parts';
  /** What stands in the header; in JSON, members of `#headers`. */
  readonly headers: readonly XmlElementUse[];
  /** Whether every element says its type (`use="encoded"`, SOAP 1.1 §5). */
  readonly encoded: boolean;
};

/** The complex types that bindings reach, by key: `{namespace}name`, or for anonymous types a key that no named one has. */
export type XmlTypes = ReadonlyMap<string, XmlComplexType>;

/** What an element holds: text, a complex type by its key, or anything. */
export type XmlTypeUse = XmlSimpleType | { readonly kind: 'complex'; readonly key: string } | { readonly kind: 'any' };

export type XmlSimpleType =
  /** `builtIn` is the built-in type of XML Schema that it is derived from; `name` its own, where it has one. */
  | { readonly kind: 'atomic'; readonly builtIn: string; readonly name?: XmlName }
  | { readonly kind: 'list'; readonly item: XmlSimpleType; readonly name?: XmlName }
  | { readonly kind: 'union'; readonly members: readonly XmlSimpleType[]; readonly name?: XmlName };

export type XmlComplexType = {
  /** Absent for an anonymous type. */
  readonly name?: XmlName;
  /** The key of the complex type that it is derived from. */
  readonly base?: string;
  readonly abstract?: boolean;
  /** Text may stand between the elements; in JSON, `#text`. */
  readonly mixed?: boolean;
  /** The elements, inherited ones included. */
  readonly content?: XmlParticle;
  /** The text of a type with simple content; in JSON the value itself, or `#text` beside attributes. */
  readonly text?: XmlSimpleType;
  /** An array of the SOAP encoding (SOAP 1.1 §5.4.2): its items' type. In JSON, an array. */
  readonly array?: { readonly item: XmlTypeUse; readonly itemName: XmlName };
  readonly attributes: readonly XmlAttributeUse[];
  /** Attributes of other names may stand there. */
  readonly anyAttribute?: boolean;
};

export type XmlAttributeUse = {
  readonly name: XmlName;
  /** The JSON member, `@` included. */
  readonly member: string;
  readonly type: XmlSimpleType;
  readonly required: boolean;
  readonly default?: string;
  readonly fixed?: string;
};

/** How often something stands; `null` is unbounded. */
export type Occurrence = { readonly min: number; readonly max: number | null };

export type XmlParticle =
  | XmlElementUse
  | (Occurrence & { readonly kind: 'sequence' | 'choice' | 'all'; readonly particles: readonly XmlParticle[] })
  /** Elements of other names. */
  | (Occurrence & { readonly kind: 'wildcard' });

export type XmlElementUse = Occurrence & {
  readonly kind: 'element';
  readonly name: XmlName;
  /** The JSON member. */
  readonly member: string;
  readonly type: XmlTypeUse;
  readonly nillable: boolean;
  readonly default?: string;
  readonly fixed?: string;
};
