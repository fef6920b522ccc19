/** A parsed XPath 1.0 expression, as the `xpath` function and the maps of `transform` evaluate it. */
export type XpathExpression =
  | { readonly kind: 'literal'; readonly value: string | number }
  /** By name as written, perhaps with a prefix. */
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'negate'; readonly operand: XpathExpression }
  | {
      readonly kind: 'binary';
      readonly operator: XpathOperator;
      readonly left: XpathExpression;
      readonly right: XpathExpression;
    }
  /** The function's name may have a prefix. */
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly XpathExpression[] }
  | { readonly kind: 'filter'; readonly base: XpathExpression; readonly predicates: readonly XpathExpression[] }
  /** Steps from the document, from the context node, or from what an expression selects. */
  | {
      readonly kind: 'path';
      readonly from: 'document' | 'context' | XpathExpression;
      readonly steps: readonly XpathStep[];
    };

export type XpathOperator = 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | '+' | '-' | '*' | 'div' | 'mod' | '|';

export type XpathStep = {
  readonly axis: XpathAxis;
  readonly test: XpathNodeTest;
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
  'namespace',
  'parent',
  'preceding',
  'preceding-sibling',
  'self',
] as const;
export type XpathAxis = (typeof axes)[number];

export type XpathNodeTest =
  | { readonly kind: 'name'; readonly prefix: string | undefined; readonly local: string }
  /** `*` or `p:*`. */
  | { readonly kind: 'any-name'; readonly prefix: string | undefined }
  | { readonly kind: 'node' | 'text' | 'comment' }
  | { readonly kind: 'instruction'; readonly target: string | undefined };

/** An expression that is no XPath 1.0, or asks for what does not exist. The message says where, and does not repeat the expression. */
export class XpathError extends SyntaxError {
  override readonly name = 'XpathError';
}
