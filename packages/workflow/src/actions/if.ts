import { member, memberAt } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import type { ActionKind, Outcome } from './action-kind.ts';
import { compileCondition } from './condition.ts';

/** Runs one of two branches. */
export const ifAction: ActionKind = {
  type: 'If',
  compile(source, context) {
    const condition = compileCondition(
      member(source.definition, 'expression'),
      `${source.pointer}/expression`,
      context,
    );
    const whenTrue = context.block(member(source.definition, 'actions'), `${source.pointer}/actions`);
    const whenFalse = context.block(memberAt(source.definition, 'else', 'actions'), `${source.pointer}/else/actions`);
    const branch = (result: boolean): Outcome => ({
      kind: 'branch',
      outputs: { expressionResult: result },
      block: result ? whenTrue : whenFalse,
      skipped: [result ? whenFalse : whenTrue],
    });
    return {
      role: 'container',
      blocks: [whenTrue, whenFalse],
      subject: 'action',
      execute: (step) => branch(condition(step.scope)),
      resume: (_step, recorded) => branch(valueMember(recorded.outputs, 'expressionResult') === true),
    };
  },
};
