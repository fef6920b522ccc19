import type { ElementNode } from '../xml/node.ts';

/** What a schema says of an element: its name, how often it may come, and what it holds. */
export type SchemaElement = {
  readonly name: string;
  readonly namespace: string;
  readonly minOccurs: number;
  /** `Infinity`: unbounded. */
  readonly maxOccurs: number;
  /** Worked out when it is asked for: types may hold themselves. */
  readonly type: () => SchemaType;
  /** Where it is declared, for annotations. */
  readonly source: ElementNode;
};

export type SchemaAttribute = {
  readonly name: string;
  readonly namespace: string;
  readonly isRequired: boolean;
  readonly base: BuiltIn;
  readonly source: ElementNode;
};

export type SchemaType =
  | { readonly kind: 'simple'; readonly base: BuiltIn }
  | {
      readonly kind: 'complex';
      /** What it holds in order; none of a type with text only. */
      readonly particle: Particle | undefined;
      readonly attributes: readonly SchemaAttribute[];
      /** Of a type with text and attributes. */
      readonly text: BuiltIn | undefined;
      readonly source: ElementNode;
    };

export type Particle =
  | { readonly kind: 'element'; readonly element: SchemaElement }
  | {
      readonly kind: 'sequence' | 'choice' | 'all';
      readonly minOccurs: number;
      readonly maxOccurs: number;
      readonly items: readonly Particle[];
    };

/** What JSON makes of the built-in type that a type comes from. */
export type BuiltIn = 'string' | 'integer' | 'decimal' | 'boolean' | 'date-time';

export type Schema = {
  /** Global elements by `{namespace}name`, in the order of the documents. */
  readonly elements: ReadonlyMap<string, SchemaElement>;
  /** The root of the schema document itself. */
  readonly source: ElementNode;
  readonly targetNamespace: string;
};
