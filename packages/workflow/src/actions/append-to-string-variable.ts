import { toText } from '@patchbay/expression';
import { type ActionKind, succeeded } from './action-kind.ts';
import { compileVariableTarget } from './variable-target.ts';

/** Puts text at the end of a string variable. Its outputs name what was appended, so that a loop's history grows with its items only. */
export const appendToStringVariable: ActionKind = {
  type: 'AppendToStringVariable',
  compile(source, context) {
    const target = compileVariableTarget(source, context, null);
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const value = target.value(step.scope);
        const text = toText(value);
        step.variables.appendText(target.name, text);
        return succeeded({ name: target.name, value }, { body: { name: target.name, type: 'String', value: text } });
      },
    };
  },
};
