import { type ActionKind, succeeded } from './action-kind.ts';
import { compileVariableTarget } from './variable-target.ts';

/** Gives a variable a new value. */
export const setVariable: ActionKind = {
  type: 'SetVariable',
  compile(source, context) {
    const target = compileVariableTarget(source, context, null);
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const value = target.value(step.scope);
        step.variables.set(target.name, value);
        const body = { name: target.name, type: step.variables.type(target.name), value };
        return succeeded({ name: target.name, value }, { body });
      },
    };
  },
};
