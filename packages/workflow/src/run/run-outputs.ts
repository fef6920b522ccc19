import { ExpressionError, type Value } from '@patchbay/expression';
import type { Plan } from '../plan/plan.ts';
import type { RunScope } from './run-scope.ts';

/** The definition's outputs in the REST shape `{name: {type, value}}`; one that cannot be evaluated carries its error. */
export function runOutputs(plan: Plan, scope: RunScope): Value {
  return Object.fromEntries(
    plan.outputs.map(({ name, type, evaluate }): [string, Value] => {
      try {
        return [name, { type, value: evaluate(scope) }];
      } catch (error) {
        if (!(error instanceof ExpressionError)) throw error;
        return [name, { type, error: { code: 'InvalidTemplate', message: error.message } }];
      }
    }),
  );
}
