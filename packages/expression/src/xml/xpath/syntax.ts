/** A parsed XPath 1.0 expression. */
export type XpathExpression =
  | { readonly kind: 'literal'; readonly value: string | number }
  | { readonly kind: 'negate'; readonly operand: XpathExpression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: XpathExpression;
      readonly right: XpathExpression;
    }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly XpathExpression[] }
  | { readonly kind: 'filter'; readonly base: XpathExpression; readonly predicates: readonly XpathExpression[] }
  /** Steps from the document, from the context node, or from what an expression selects. */
  | { readonly kind: 'path'; readonly from: 'document' | 'context' | XpathExpression; readonly steps: readonly Step[] };

export type BinaryOperator =
  | 'or'
  | 'and'
  | '='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='
  | '+'
  | '-'
  | '*'
  | 'div'
  | 'mod'
  | '|';

export type Step = {
  readonly axis: Axis;
  readonly test: NodeTest;
  readonly predicates: readonly XpathExpression[];
};

export const axes = [
  'ancestor',
  'ancestor-or-self',
  'attribute',
  'child',
  'descendant',
  'descendant-or-self',
  'following',
  'following-sibling',
  'parent',
  'preceding',
  'preceding-sibling',
  'self',
] as const;
export type Axis = (typeof axes)[number];

export type NodeTest =
  | { readonly kind: 'name'; readonly prefix: string | undefined; readonly local: string }
  /** `*` or `p:*`. */
  | { readonly kind: 'any-name'; readonly prefix: string | undefined }
  | { readonly kind: 'node' | 'text' | 'comment' }
  | { readonly kind: 'instruction'; readonly target: string | undefined };

/** An expression that is no XPath 1.0, or asks for what does not exist. */
export class XpathError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'XpathError';
  }
}
