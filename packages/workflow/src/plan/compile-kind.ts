import type { ActionSource, CompileContext, CompiledAction } from '../actions/action-kind.ts';
import { macroRefusal, refusalOf } from '../actions/refused-kinds.ts';
import { actionKinds, findActionKind } from '../actions/table-of-kinds.ts';
import { compileUnknownAction } from '../actions/unknown-action.ts';
import { suggestion } from '../rules/closest-name.ts';

/** What an action is before it is compiled, and stays when it has no type. */
export const nothing: CompiledAction = {
  role: 'plain',
  blocks: [],
  execute: () => ({ kind: 'finished', status: 'Succeeded', code: 'OK' }),
};

/** Compiles an action with its kind; what is of none is told, and fails when it is reached. */
export function compileKind(
  source: ActionSource,
  context: CompileContext,
  { isMacro }: { readonly isMacro: boolean },
): CompiledAction {
  const kind = findActionKind(source.type);
  if (kind !== undefined) return kind.compile(source, context);
  const types = actionKinds.map((known) => known.type);
  const supported = types.join(', ');
  if (source.type === '') {
    const message = `action "${source.name}" has no type; give it one of ${supported}`;
    context.report('action-invalid', 'error', message, source.pointer);
    return nothing;
  }
  const refusal = refusalOf(source.type) ?? (isMacro ? macroRefusal : undefined);
  if (refusal !== undefined) {
    const message = `action "${source.name}" has the type "${source.type}", which is refused: ${refusal}`;
    context.report('action-type-refused', 'error', message, `${source.pointer}/type`, source.type);
    return compileUnknownAction(source, context);
  }
  const meant = suggestion(source.type, types);
  const message = `action "${source.name}" has the type "${source.type}", which is not supported${meant === '' ? `; supported are ${supported}` : meant}`;
  context.report('action-type-unknown', 'error', message, `${source.pointer}/type`, source.type);
  return compileUnknownAction(source, context);
}
