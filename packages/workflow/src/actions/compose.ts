import { type ActionKind, succeeded } from './action-kind.ts';

/** Its inputs are its outputs. */
export const compose: ActionKind = {
  type: 'Compose',
  compile(source, context) {
    const inputs = context.evaluator(source.inputs ?? null, `${source.pointer}/inputs`);
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const value = inputs(step.scope);
        return succeeded(value, value);
      },
    };
  },
};
