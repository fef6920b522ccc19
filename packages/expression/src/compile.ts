import { compileCall } from './compile-call.ts';
import { toMeteredText } from './content.ts';
import type { Evaluator, JsonValue, Scope, Value, ValueObject } from './contract.ts';
import { ExpressionError } from './errors.ts';
import { constantEvaluator } from './fold-constant.ts';
import { FoldingAllowance } from './folding-allowance.ts';
import { Meter, maximumTextLength } from './meter.ts';
import { parseTemplate } from './parser.ts';
import { type NameReference, referencesOf } from './references.ts';
import type { ExpressionNode, TemplateNode } from './syntax.ts';

/** A compiled template: call it with a scope. */
export type CompiledTemplate = Evaluator & {
  /** The names it uses, where they are written out; one without a name is computed. */
  readonly references: readonly NameReference[];
  /** No expression in it: every evaluation answers the same value. */
  readonly isConstant: boolean;
};

/** How a template is compiled: what its evaluations may cost is metered in one place. */
export type CompileOptions = {
  readonly meter: Meter;
  /** With it, calls of constants are evaluated once. */
  readonly folding?: FoldingAllowance;
};

/**
 * Compiles one template to a closure. Throws {@link ExpressionError} when it does not parse, names a function that does not exist or
 * calls one with the wrong number of arguments. `foldsConstants: false` leaves every call to the evaluation.
 */
export function compile(template: string, settings: { readonly foldsConstants?: boolean } = {}): CompiledTemplate {
  const { foldsConstants = true } = settings;
  return guarded((options) => compileText(template, options), foldsConstants ? new FoldingAllowance() : undefined);
}

/**
 * Compiles every string of a JSON value, the names of members included. Parts without expressions are built once. Values of one document
 * may share what may go into their constants.
 */
export function compileValue(value: JsonValue, folding = new FoldingAllowance()): CompiledTemplate {
  return guarded((options) => compilePart(value, options), folding);
}

/** A template whose evaluations begin with a fresh meter and throw nothing but {@link ExpressionError}s. */
function guarded(
  build: (options: CompileOptions) => CompiledTemplate,
  folding: FoldingAllowance | undefined,
): CompiledTemplate {
  const meter = new Meter();
  const part = build({ meter, ...(folding !== undefined && { folding }) });
  if (part.isConstant) return part;
  const evaluate = (scope: Scope): Value => {
    meter.begin();
    try {
      return part(scope);
    } catch (error) {
      throw toTypedError(error);
    }
  };
  return describe(evaluate, part.references, false);
}

/** The runtime's own bounds (stack, length of texts and arrays) are this language's bounds as well. */
function toTypedError(error: unknown): unknown {
  if (!(error instanceof RangeError)) return error;
  return new ExpressionError(
    'The evaluation of the expression was stopped because a value is too large or nests too deep.',
    { reason: 'limit-exceeded', cause: error },
  );
}

function compileText(template: string, options: CompileOptions): CompiledTemplate {
  const node = parseTemplate(template);
  if (node.kind === 'literal') return constant(node.text);
  return describe(compileTemplate(node, options), referencesOf(node), false);
}

function compilePart(value: JsonValue, options: CompileOptions): CompiledTemplate {
  if (typeof value === 'string') return compileText(value, options);
  if (typeof value !== 'object' || value === null) return constant(value);
  return Array.isArray(value)
    ? compileArray(value, options)
    : compileObject(value as { readonly [key: string]: JsonValue }, options);
}

function constant(value: Value): CompiledTemplate {
  return describe(() => value, [], true);
}

function describe(evaluator: Evaluator, references: readonly NameReference[], isConstant: boolean): CompiledTemplate {
  return Object.assign(evaluator, { references, isConstant });
}

function compileArray(items: readonly JsonValue[], options: CompileOptions): CompiledTemplate {
  const compiled = items.map((item) => compilePart(item, options));
  if (compiled.every((item) => item.isConstant)) return constant(items);
  return describe(
    (scope) => compiled.map((item) => item(scope)),
    compiled.flatMap((item) => item.references),
    false,
  );
}

function compileObject(object: { readonly [key: string]: JsonValue }, options: CompileOptions): CompiledTemplate {
  const names = Object.keys(object);
  const keys = names.map((name) => compileText(name, options));
  const values = names.map((name) => compilePart(object[name] ?? null, options));
  const isConstant = [...keys, ...values].every((part) => part.isConstant);
  if (isConstant && keys.every((key, index) => key(noScope) === names[index])) return constant(object);
  const references = [...keys, ...values].flatMap((part) => part.references);
  const hasPlainNames = keys.every((key) => key.isConstant) && !names.includes('__proto__');
  const evaluator = hasPlainNames
    ? evaluatePlain(
        keys.map((key) => key(noScope) as string),
        values,
      )
    : (scope: Scope): ValueObject =>
        Object.fromEntries(
          keys.map((key, index) => [toMeteredText(key(scope), options.meter), values[index]?.(scope) ?? null]),
        );
  return describe(evaluator, references, false);
}

function evaluatePlain(names: readonly string[], values: readonly Evaluator[]): Evaluator {
  return (scope) => {
    const result: Record<string, Value> = {};
    for (let index = 0; index < names.length; index += 1) {
      result[names[index] as string] = (values[index] as Evaluator)(scope);
    }
    return result;
  };
}

/** For constants, which ask nothing. */
const noScope = Object.freeze({}) as Scope;

function compileTemplate(
  node: Exclude<TemplateNode, { readonly kind: 'literal' }>,
  options: CompileOptions,
): Evaluator {
  if (node.kind === 'expression') return compileExpression(node.expression, node.source, options);
  const { meter } = options;
  const segments = node.segments.map((segment) =>
    segment.kind === 'text' ? segment.text : compileExpression(segment.expression, segment.source, options),
  );
  return (scope) => {
    let text = '';
    for (const segment of segments)
      text += typeof segment === 'string' ? segment : toMeteredText(segment(scope), meter);
    if (text.length > maximumTextLength) {
      throw new ExpressionError(`The text would have more than ${maximumTextLength} characters.`, {
        reason: 'limit-exceeded',
      });
    }
    meter.charge(text.length);
    return text;
  };
}

/** Compiles a parsed expression; `source` is what messages quote. */
export function compileExpression(node: ExpressionNode, source: string, options: CompileOptions): Evaluator {
  return node.kind === 'call' ? compileCall(node, source, options, compileExpression) : constantEvaluator(node.value);
}
