import type { Value } from '@patchbay/expression';
import { asNumeric, hasOperationOption, member, memberAt } from '../plan/json.ts';
import { isList, typeOf } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind, ActionSource, CompileContext } from './action-kind.ts';

const maximumItems = 100_000;

/** Runs its actions once per item, several items at a time. */
export const foreach: ActionKind = {
  type: 'Foreach',
  compile(source, context) {
    const template = member(source.definition, 'foreach') ?? null;
    const evaluate = context.evaluator(template, `${source.pointer}/foreach`);
    const block = context.block(member(source.definition, 'actions'), `${source.pointer}/actions`);
    const concurrency = readConcurrency(source, context);
    return {
      role: 'loop',
      blocks: [block],
      subject: 'action',
      execute: (step) => ({
        kind: 'foreach',
        items: requireItems(evaluate(step.scope), source.name, template),
        block,
        concurrency,
      }),
      resume: (_step, recorded) => ({
        kind: 'foreach',
        items: requireItems(recorded.inputs, source.name, template),
        block,
        concurrency,
      }),
    };
  },
};

function readConcurrency(source: ActionSource, context: CompileContext): number {
  const { foreachConcurrency: usual, isNestedForeachSequential } = context.defaults;
  const configured = memberAt(source.definition, 'runtimeConfiguration', 'concurrency', 'repetitions');
  const saysSequential = hasOperationOption(source.definition, 'Sequential');
  const isSequential = saysSequential || (source.isInForeach && isNestedForeachSequential);
  if (configured === undefined || configured === null) return isSequential ? 1 : usual;
  if (saysSequential) {
    const message = `"${source.name}" has both Sequential and a number of items at a time; say one of them`;
    context.report('action-invalid', 'error', message, `${source.pointer}/runtimeConfiguration/concurrency`);
  }
  const repetitions = asNumeric(configured);
  if (!Number.isInteger(repetitions) || repetitions < 1 || repetitions > 50) {
    const message = `"${source.name}" may run 1 to 50 items at a time, not ${JSON.stringify(configured)}`;
    context.report('action-invalid', 'error', message, `${source.pointer}/runtimeConfiguration/concurrency`);
    return usual;
  }
  return isSequential ? 1 : repetitions;
}

function requireItems(value: Value, action: string, template: unknown): readonly Value[] {
  if (!isList(value)) {
    throw new ActionFailure(
      'ExpressionEvaluationFailed',
      `The execution of template action '${action}' failed: the result of the evaluation of 'foreach' expression ` +
        `'${typeof template === 'string' ? template : JSON.stringify(template)}' is of type '${typeOf(value)}'. The result must be a valid array.`,
    );
  }
  if (value.length > maximumItems) {
    throw new ActionFailure(
      'ForeachTooManyItems',
      `The execution of template action '${action}' failed: it has ${value.length} items and the limit is ${maximumItems}.`,
    );
  }
  return value;
}
