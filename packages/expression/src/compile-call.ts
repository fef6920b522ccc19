import type { CompileOptions } from './compile.ts';
import type { Evaluator, Scope, Value } from './contract.ts';
import { dereference } from './dereference.ts';
import { ExpressionError, positionIn } from './errors.ts';
import { foldConstant } from './fold-constant.ts';
import { checkArgument, describeCountError } from './functions/check-arguments.ts';
import { describeUnknown } from './functions/closest-function.ts';
import type { EagerFunction } from './functions/function-definition.ts';
import { findFunction } from './functions/function-table.ts';
import type { Meter } from './meter.ts';
import { RealNumber } from './numbers.ts';
import type { Dereference, ExpressionNode } from './syntax.ts';

type CallNode = Extract<ExpressionNode, { readonly kind: 'call' }>;
type CompileExpression = (node: ExpressionNode, source: string, options: CompileOptions) => Evaluator;

/** Compiles a call with its dereferences. */
export function compileCall(
  node: CallNode,
  source: string,
  options: CompileOptions,
  compileExpression: CompileExpression,
): Evaluator {
  const position = positionIn(source, Math.min(node.offset, source.length));
  const definition = findFunction(node.name);
  if (definition === undefined) {
    throw new ExpressionError(describeUnknown(node.name), { reason: 'function-unknown', position });
  }
  const countError = describeCountError(definition, node.arguments.length);
  if (countError !== undefined) throw new ExpressionError(countError, { reason: 'argument-count', position });
  const operands = node.arguments.map((argument) => compileExpression(argument, source, options));
  const call =
    definition.kind === 'lazy'
      ? definition.compile(operands, options.meter)
      : compileEager(definition, operands, options.meter);
  const folded = options.folding ? foldConstant(call, operands, options.meter, options.folding) : call;
  return node.dereferences.reduce<Evaluator>(
    (base, step, index) =>
      compileDereference(
        base,
        step,
        ignoresCase(node, node.dereferences[index - 1]),
        source,
        options,
        compileExpression,
      ),
    folded,
  );
}

function compileEager(definition: EagerFunction, operands: readonly Evaluator[], meter: Meter): Evaluator {
  const { name, apply, parameters, rest } = definition;
  if (definition.compile !== undefined) return definition.compile(operands, meter);
  const count = operands.length;
  if (count === 0) return (scope) => apply([], scope, meter);
  const kinds = operands.map((_, index) => parameters[index] ?? rest ?? 'any');
  const isUnchecked = kinds.every((kind) => kind === 'any');
  if (count === 1) {
    const [operand] = operands as [Evaluator];
    const [kind = 'any'] = kinds;
    return (scope) => {
      const value = operand(scope);
      if (!isUnchecked) checkArgument(name, kind, value, 0, 1);
      chargeFor(value, meter);
      return apply([value], scope, meter);
    };
  }
  return (scope: Scope) => {
    const values: Value[] = [];
    for (let index = 0; index < count; index += 1) {
      const value = (operands[index] as Evaluator)(scope);
      chargeFor(value, meter);
      values.push(value);
    }
    if (!isUnchecked) {
      for (let index = 0; index < count; index += 1)
        checkArgument(name, kinds[index] ?? 'any', values[index] ?? null, index, count);
    }
    return apply(values, scope, meter);
  };
}

/** Functions go through what they are given about once; what goes deeper charges for itself. */
function chargeFor(value: Value, meter: Meter): void {
  if (typeof value === 'string' || Array.isArray(value)) meter.charge(value.length);
}

const outputsFunctions: ReadonlySet<string> = new Set(['outputs', 'actionoutputs', 'triggeroutputs']);

/** Names of header fields are found in any case, and so are `statusCode`, `headers` and `body` of outputs, as flows write `['Body']`. */
function ignoresCase(node: CallNode, previous: Dereference | undefined): boolean {
  if (previous === undefined) return outputsFunctions.has(node.name.toLowerCase());
  if (previous.key.kind !== 'constant') return false;
  const name = previous.key.text.toLowerCase();
  return name === 'headers' || name === 'outputs';
}

function compileDereference(
  base: Evaluator,
  step: Dereference,
  isAnyCase: boolean,
  source: string,
  options: CompileOptions,
  compileExpression: CompileExpression,
): Evaluator {
  const { isSafe, key } = step;
  if (key.kind === 'constant') {
    const { value: name } = key;
    if (typeof name !== 'string') return (scope) => dereference(base(scope), name, isSafe, isAnyCase, source);
    return (scope) => {
      const value = base(scope);
      if (typeof value === 'object' && value !== null && Object.hasOwn(value, name)) {
        // An own member of an object is what nearly every step selects.
        if (!Array.isArray(value) && !(value instanceof RealNumber)) {
          const member = (value as { readonly [name: string]: Value })[name];
          if (member !== undefined) return member;
        }
      }
      return dereference(value, name, isSafe, isAnyCase, source);
    };
  }
  const name = compileExpression(key, source, options);
  return (scope) => {
    const value = base(scope);
    return dereference(value, name(scope), isSafe, isAnyCase, source);
  };
}
