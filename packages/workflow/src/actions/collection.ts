import { type Evaluator, ExpressionError, type JsonValue, type Value } from '@patchbay/expression';
import { isList, typeOf } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { Step } from './action-kind.ts';

/** The `from` of Query, Select, Join and Table, which must be an array. */
export function requireArray(from: Value, kind: string, inputs: Value): readonly Value[] {
  if (isList(from)) return from;
  throw new ActionFailure(
    'BadRequest',
    `The 'from' property value in the '${kind}' action inputs is of type '${typeOf(from)}'. The value must be an array.`,
    inputs,
  );
}

/** Evaluates a property of Query, Select or Table with `item()` meaning each item. */
export function evaluatePerItem(
  step: Step,
  items: readonly Value[],
  property: {
    readonly kind: string;
    readonly name: string;
    readonly template: JsonValue;
    readonly evaluate: Evaluator;
    readonly inputs: Value;
  },
  use: (value: Value, item: Value) => void,
): void {
  for (const item of items) {
    use(
      step.withItem(item, () => evaluateOne(step, property)),
      item,
    );
  }
}

function evaluateOne(step: Step, property: Parameters<typeof evaluatePerItem>[2]): Value {
  try {
    return property.evaluate(step.scope);
  } catch (error) {
    if (!(error instanceof ExpressionError)) throw error;
    const text = typeof property.template === 'string' ? property.template : JSON.stringify(property.template);
    throw new ActionFailure(
      'InvalidTemplate',
      `The execution of template action '${step.action}' failed: The evaluation of '${property.kind}' action ` +
        `'${property.name}' expression '${text}' failed: '${error.message}'.`,
      property.inputs,
    );
  }
}
