import { compileValue, type Evaluator, ExpressionError, type JsonValue } from '@patchbay/expression';
import { member, textMember } from '../plan/json.ts';
import type { ActionSource, CompileContext } from './action-kind.ts';

/** The variable that an action changes, and the value it does it with. */
export type VariableTarget = { readonly name: string; readonly value: Evaluator };

export function compileVariableTarget(
  source: ActionSource,
  context: CompileContext,
  fallback: number | null,
): VariableTarget {
  const name = textMember(source.inputs, 'name');
  if (name === undefined || name === '') {
    context.report('action-invalid', 'error', `"${source.name}" names no variable`, `${source.pointer}/inputs/name`);
  } else {
    context.useVariable(name, `${source.pointer}/inputs/name`);
  }
  const given = member(source.inputs, 'value');
  if (name !== undefined && given !== undefined && readsVariable(given, name)) {
    const message = `"${source.name}" gives the variable "${name}" a value made of itself, which the platform refuses; keep the value in a Compose action before`;
    context.report('variable-self-reference', 'error', message, `${source.pointer}/inputs/value`);
  }
  const value = context.evaluator(given ?? fallback, `${source.pointer}/inputs/value`);
  return { name: name ?? '', value };
}

function readsVariable(value: JsonValue, name: string): boolean {
  try {
    return compileValue(value).references.some(
      (reference) => reference.kind === 'variable' && reference.name?.toLowerCase() === name.toLowerCase(),
    );
  } catch (error) {
    // What is wrong with the expression is told where it is compiled.
    if (error instanceof ExpressionError || error instanceof RangeError) return false;
    throw error;
  }
}
