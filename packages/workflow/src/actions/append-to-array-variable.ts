import { type ActionKind, succeeded } from './action-kind.ts';
import { compileVariableTarget } from './variable-target.ts';

/** Puts a value at the end of an array variable. Its outputs name what was appended, so that a loop's history grows with its items only. */
export const appendToArrayVariable: ActionKind = {
  type: 'AppendToArrayVariable',
  compile(source, context) {
    const target = compileVariableTarget(source, context, null);
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const value = target.value(step.scope);
        step.variables.append(target.name, value);
        return succeeded({ name: target.name, value }, { body: { name: target.name, type: 'Array', value } });
      },
    };
  },
};
