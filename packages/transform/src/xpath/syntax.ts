/** XPath 1.0, parsed. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'text'; readonly value: string }
  | { readonly kind: 'variable'; readonly name: string }
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'negate'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  /** A location path, from the root, from the context node, or from what a filter expression gives. */
  | {
      readonly kind: 'path';
      readonly from: 'root' | 'context' | Expression;
      readonly steps: readonly PathStep[];
    }
  | { readonly kind: 'filter'; readonly base: Expression; readonly predicates: readonly Expression[] };

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

export type PathStep = { readonly axis: Axis; readonly test: NodeTest; readonly predicates: readonly Expression[] };

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
export type Axis = (typeof axes)[number];

export type NodeTest =
  /** Any node of the axis's principal kind. */
  | { readonly kind: 'any-name' }
  | { readonly kind: 'any-in'; readonly prefix: string }
  | { readonly kind: 'name'; readonly prefix: string; readonly local: string }
  | { readonly kind: 'node' | 'text' | 'comment' }
  | { readonly kind: 'instruction'; readonly target: string | undefined };
