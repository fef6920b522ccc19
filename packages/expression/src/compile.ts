import { compileCall } from './compile-call.ts';
import { toText } from './content.ts';
import type { Evaluator, JsonValue, Scope, Value, ValueObject } from './contract.ts';
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

/**
 * Compiles one template to a closure. Throws {@link ExpressionError} when it does not parse, names a function that does not exist or
 * calls one with the wrong number of arguments.
 */
export function compile(template: string): CompiledTemplate {
  const node = parseTemplate(template);
  if (node.kind === 'literal') return constant(node.text);
  return describe(compileTemplate(node), referencesOf(node), false);
}

/** Compiles every string of a JSON value, the names of members included. Parts without expressions are built once. */
export function compileValue(value: JsonValue): CompiledTemplate {
  if (typeof value === 'string') return compile(value);
  if (typeof value !== 'object' || value === null) return constant(value);
  return Array.isArray(value) ? compileArray(value) : compileObject(value as { readonly [key: string]: JsonValue });
}

function constant(value: Value): CompiledTemplate {
  return describe(() => value, [], true);
}

function describe(evaluator: Evaluator, references: readonly NameReference[], isConstant: boolean): CompiledTemplate {
  return Object.assign(evaluator, { references, isConstant });
}

function compileArray(items: readonly JsonValue[]): CompiledTemplate {
  const compiled = items.map(compileValue);
  if (compiled.every((item) => item.isConstant)) return constant(items);
  return describe(
    (scope) => compiled.map((item) => item(scope)),
    compiled.flatMap((item) => item.references),
    false,
  );
}

function compileObject(object: { readonly [key: string]: JsonValue }): CompiledTemplate {
  const names = Object.keys(object);
  const keys = names.map(compile);
  const values = names.map((name) => compileValue(object[name] ?? null));
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
        Object.fromEntries(keys.map((key, index) => [toText(key(scope)), values[index]?.(scope) ?? null]));
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

function compileTemplate(node: Exclude<TemplateNode, { readonly kind: 'literal' }>): Evaluator {
  if (node.kind === 'expression') return compileExpression(node.expression, node.source);
  const segments = node.segments.map((segment) =>
    segment.kind === 'text' ? segment.text : compileExpression(segment.expression, segment.source),
  );
  return (scope) => {
    let text = '';
    for (const segment of segments) text += typeof segment === 'string' ? segment : toText(segment(scope));
    return text;
  };
}

/** Compiles a parsed expression; `source` is what messages quote. */
export function compileExpression(node: ExpressionNode, source: string): Evaluator {
  if (node.kind === 'call') return compileCall(node, source, compileExpression);
  const { value } = node;
  return () => value;
}
