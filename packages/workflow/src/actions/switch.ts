import type { Value } from '@patchbay/expression';
import { pointerTo } from '../findings.ts';
import { entriesOf, member, memberAt } from '../plan/json.ts';
import { asNumber, valueMember } from '../run/value-types.ts';
import type { ActionKind, Outcome } from './action-kind.ts';

type Case = { readonly value: Value; readonly block: number };

/** Runs the branch whose case is the value, or the default. */
export const switchAction: ActionKind = {
  type: 'Switch',
  compile(source, context) {
    const evaluate = context.evaluator(member(source.definition, 'expression') ?? null, `${source.pointer}/expression`);
    const taken = new Map<Value, string>();
    const cases = entriesOf(member(source.definition, 'cases')).map(([name, entry]): Case => {
      const pointer = pointerTo(source.pointer, 'cases', name);
      const value = member(entry, 'case');
      if (typeof value !== 'string' && typeof value !== 'number') {
        const message = `case "${name}" of "${source.name}" needs a string or an integer`;
        context.report('action-invalid', 'error', message, `${pointer}/case`);
      }
      const first = value === undefined ? undefined : taken.get(value);
      if (first !== undefined) {
        const message = `case "${name}" of "${source.name}" never runs: case "${first}" is for the same value`;
        context.report('action-invalid', 'warning', message, `${pointer}/case`);
      } else if (value !== undefined) taken.set(value, name);
      return { value: value ?? null, block: context.block(member(entry, 'actions'), `${pointer}/actions`) };
    });
    const otherwise = context.block(
      memberAt(source.definition, 'default', 'actions'),
      `${source.pointer}/default/actions`,
    );
    const blocks = [...cases.map((entry) => entry.block), otherwise];
    const branch = (value: Value): Outcome => {
      const block = cases.find((entry) => isSame(entry.value, value))?.block ?? otherwise;
      return {
        kind: 'branch',
        outputs: { expressionResult: value },
        block,
        skipped: blocks.filter((other) => other !== block),
      };
    };
    return {
      role: 'container',
      blocks,
      subject: 'action',
      execute: (step) => branch(evaluate(step.scope)),
      resume: (_step, recorded) => branch(valueMember(recorded.outputs, 'expressionResult') ?? null),
    };
  },
};

/** Exact and type-sensitive, on strings and integers. */
function isSame(expected: Value, actual: Value): boolean {
  if (typeof expected === 'string' || typeof actual === 'string') return expected === actual;
  const number = asNumber(actual);
  return number !== undefined && number === asNumber(expected);
}
