import type { Value } from './contract.ts';

/** A parsed template. */
export type TemplateNode =
  | { readonly kind: 'literal'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: ExpressionNode; readonly source: string }
  | { readonly kind: 'interpolation'; readonly segments: readonly TemplateSegment[] };

export type TemplateSegment =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly expression: ExpressionNode; readonly source: string };

export type ExpressionNode =
  | {
      readonly kind: 'constant';
      readonly value: Value;
      readonly type: 'string' | 'number' | 'boolean' | 'null';
      readonly text: string;
    }
  | {
      readonly kind: 'call';
      readonly name: string;
      readonly arguments: readonly ExpressionNode[];
      readonly dereferences: readonly Dereference[];
      /** In the template. */
      readonly offset: number;
    };

/** `.name`, `['name']`, `[0]`, each with or without `?`. */
export type Dereference = { readonly isSafe: boolean; readonly key: ExpressionNode };
