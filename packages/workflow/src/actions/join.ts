import { toText } from '@patchbay/expression';
import { member } from '../plan/json.ts';
import { type ActionKind, succeeded } from './action-kind.ts';
import { requireArray } from './collection.ts';

/** Joins the items of an array to one string. */
export const join: ActionKind = {
  type: 'Join',
  compile(source, context) {
    const from = context.evaluator(member(source.inputs, 'from') ?? null, `${source.pointer}/inputs/from`);
    const joinWith = context.evaluator(member(source.inputs, 'joinWith') ?? '', `${source.pointer}/inputs/joinWith`);
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const given = from(step.scope);
        const inputs = { from: given, joinWith: joinWith(step.scope) };
        const items = requireArray(given, 'join', inputs);
        return succeeded(inputs, { body: items.map(toText).join(toText(inputs.joinWith)) });
      },
    };
  },
};
