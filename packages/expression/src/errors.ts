export type ExpressionErrorReason =
  | 'syntax'
  | 'limit-exceeded'
  | 'function-unknown'
  | 'argument-count'
  | 'argument-type'
  | 'argument-invalid'
  | 'property-missing'
  | 'property-selection'
  | 'scope';

/** Where in its template an expression is wrong; 0-based offset, 1-based line and column. */
export type ExpressionPosition = { readonly offset: number; readonly line: number; readonly column: number };

/** An expression that does not parse or cannot be evaluated. The message is the platform's own wording where it is known. */
export class ExpressionError extends Error {
  /** The code that actions fail with. */
  readonly code = 'InvalidTemplate';
  readonly reason: ExpressionErrorReason;
  readonly position: ExpressionPosition | undefined;

  constructor(
    message: string,
    options: ErrorOptions & { readonly reason?: ExpressionErrorReason; readonly position?: ExpressionPosition } = {},
  ) {
    super(message, options);
    this.name = 'ExpressionError';
    this.reason = options.reason ?? 'scope';
    this.position = options.position;
  }
}

export function positionIn(text: string, offset: number): ExpressionPosition {
  const before = text.slice(0, offset);
  const line = before.split('\n').length;
  return { offset, line, column: offset - before.lastIndexOf('\n') };
}
