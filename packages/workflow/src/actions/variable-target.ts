import type { Evaluator } from '@patchbay/expression';
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
  }
  const value = context.evaluator(member(source.inputs, 'value') ?? fallback, `${source.pointer}/inputs/value`);
  return { name: name ?? '', value };
}
