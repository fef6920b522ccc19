import type { Value } from '@patchbay/expression';
import { member } from '../plan/json.ts';
import { type ActionKind, succeeded } from './action-kind.ts';
import { evaluatePerItem, requireArray } from './collection.ts';

/** Makes a new item of each item of an array. */
export const select: ActionKind = {
  type: 'Select',
  compile(source, context) {
    const from = context.evaluator(member(source.inputs, 'from') ?? null, `${source.pointer}/inputs/from`);
    const template = member(source.inputs, 'select') ?? null;
    const evaluate = context.evaluator(template, `${source.pointer}/inputs/select`);
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const given = from(step.scope);
        const inputs: Value = { from: given, select: template };
        const items = requireArray(given, 'select', inputs);
        const made: Value[] = [];
        evaluatePerItem(step, items, { kind: 'select', name: 'select', template, evaluate, inputs }, (value) =>
          made.push(value),
        );
        return succeeded(inputs, { body: made });
      },
    };
  },
};
