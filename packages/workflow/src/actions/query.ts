import type { JsonValue, Value } from '@patchbay/expression';
import { asText, isObject, member } from '../plan/json.ts';
import { typeOf } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import { type ActionKind, succeeded } from './action-kind.ts';
import { evaluatePerItem, requireArray } from './collection.ts';
import { compileCondition } from './condition.ts';

/** Keeps the items of an array for which `where` is true. */
export const query: ActionKind = {
  type: 'Query',
  compile(source, context) {
    const from = context.evaluator(member(source.inputs, 'from') ?? null, `${source.pointer}/inputs/from`);
    const template = member(source.inputs, 'where') ?? null;
    const pointer = `${source.pointer}/inputs/where`;
    // An object is a condition as an If has it.
    const evaluate = isObject(template)
      ? compileCondition(template, pointer, context)
      : context.evaluator(template, pointer);
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const given = from(step.scope);
        const inputs: Value = { from: given, where: template };
        const items = requireArray(given, 'query', inputs);
        const kept: Value[] = [];
        evaluatePerItem(step, items, { kind: 'query', name: 'where', template, evaluate, inputs }, (accepted, item) => {
          if (typeof accepted !== 'boolean') throw notBoolean(step.action, template, accepted, inputs);
          if (accepted) kept.push(item);
        });
        return succeeded(inputs, { body: kept });
      },
    };
  },
};

function notBoolean(action: string, template: JsonValue, result: Value, inputs: Value): ActionFailure {
  return new ActionFailure(
    'InvalidTemplate',
    `The execution of template action '${action}' failed: The result of the evaluation of 'query' action 'where' expression ` +
      `'${asText(template)}' is expected to be of type 'Boolean' but is of type '${typeOf(result)}'.`,
    inputs,
  );
}
