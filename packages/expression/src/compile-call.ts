import type { Evaluator, Scope, Value } from './contract.ts';
import { dereference } from './dereference.ts';
import { ExpressionError, positionIn } from './errors.ts';
import { checkArgument, describeCountError } from './functions/check-arguments.ts';
import type { EagerFunction } from './functions/function-definition.ts';
import { findFunction } from './functions/function-table.ts';
import type { Dereference, ExpressionNode } from './syntax.ts';

type CallNode = Extract<ExpressionNode, { readonly kind: 'call' }>;
type CompileExpression = (node: ExpressionNode, source: string) => Evaluator;

/** Compiles a call with its dereferences. */
export function compileCall(node: CallNode, source: string, compileExpression: CompileExpression): Evaluator {
  const definition = findFunction(node.name);
  if (definition === undefined) {
    throw new ExpressionError(`The template function '${node.name}' is not defined or not valid.`, {
      reason: 'function-unknown',
      position: positionIn(source, Math.min(node.offset, source.length)),
    });
  }
  const countError = describeCountError(definition, node.arguments.length);
  if (countError !== undefined) {
    throw new ExpressionError(countError, {
      reason: 'argument-count',
      position: positionIn(source, Math.min(node.offset, source.length)),
    });
  }
  const operands = node.arguments.map((argument) => compileExpression(argument, source));
  const call = definition.kind === 'lazy' ? definition.compile(operands) : compileEager(definition, operands);
  return node.dereferences.reduce<Evaluator>(
    (base, step, index) => compileDereference(base, step, node.dereferences[index - 1], source, compileExpression),
    call,
  );
}

function compileEager(definition: EagerFunction, operands: readonly Evaluator[]): Evaluator {
  const { name, apply, parameters, rest } = definition;
  const count = operands.length;
  const kinds = operands.map((_, index) => parameters[index] ?? rest ?? 'any');
  const isUnchecked = kinds.every((kind) => kind === 'any');
  if (count === 0) return (scope) => apply([], scope);
  if (count === 1) {
    const [operand] = operands as [Evaluator];
    const [kind = 'any'] = kinds;
    return (scope) => {
      const value = operand(scope);
      if (!isUnchecked) checkArgument(name, kind, value, 0, 1);
      return apply([value], scope);
    };
  }
  return (scope: Scope) => {
    const values: Value[] = [];
    for (let index = 0; index < count; index += 1) values.push((operands[index] as Evaluator)(scope));
    if (!isUnchecked) {
      for (let index = 0; index < count; index += 1)
        checkArgument(name, kinds[index] ?? 'any', values[index] ?? null, index, count);
    }
    return apply(values, scope);
  };
}

function compileDereference(
  base: Evaluator,
  step: Dereference,
  previous: Dereference | undefined,
  source: string,
  compileExpression: CompileExpression,
): Evaluator {
  const { isSafe, key } = step;
  const isHeader = previous?.key.kind === 'constant' && previous.key.text.toLowerCase() === 'headers';
  if (key.kind === 'constant') {
    const { value } = key;
    return (scope) => dereference(base(scope), value, isSafe, isHeader, source);
  }
  const name = compileExpression(key, source);
  return (scope) => {
    const value = base(scope);
    return dereference(value, name(scope), isSafe, isHeader, source);
  };
}
