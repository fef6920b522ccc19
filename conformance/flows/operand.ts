import type { JsonValue, parseTemplate } from '@patchbay/expression';
import type { DataShape } from './data-shape.ts';

export type TemplateNode = ReturnType<typeof parseTemplate>;
export type ExpressionNode = Extract<TemplateNode, { readonly kind: 'expression' }>['expression'];
export type CallNode = Extract<ExpressionNode, { readonly kind: 'call' }>;

/** What a function is given: a place in the data, a value that stands in the definition, or both. */
export type Operand = {
  readonly shape: DataShape;
  /** Absent: it is not known before the flow runs. */
  readonly constant?: JsonValue;
  /** The function that makes it, when one does. */
  readonly maker?: string;
};
