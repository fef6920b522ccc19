import { member } from '../plan/json.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionSource, CompileContext, CompiledAction } from './action-kind.ts';
import { withoutAuthentication } from './call.ts';

/** An action of a type that this engine does not know: the rest of the flow compiles, and the action fails when it is reached. */
export function compileUnknownAction(source: ActionSource, context: CompileContext): CompiledAction {
  const block = context.block(member(source.definition, 'actions'), `${source.pointer}/actions`);
  const evaluate = context.evaluator(source.inputs ?? null, `${source.pointer}/inputs`);
  return {
    role: 'container',
    blocks: [block],
    inputs: (step) => withoutAuthentication(evaluate(step.scope)),
    execute() {
      throw new ActionFailure(
        'ActionTypeNotSupported',
        `The action '${source.name}' has the type '${source.type}', which this engine does not run.`,
      );
    },
  };
}
