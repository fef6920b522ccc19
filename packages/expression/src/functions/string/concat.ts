import { toMeteredText } from '../../content.ts';
import type { Evaluator, Value } from '../../contract.ts';
import { isConstantEvaluator } from '../../fold-constant.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkTextLength } from '../limits.ts';

/** Takes values of any type, as the texts that `string()` makes of them. */
export const concat: EagerFunction = {
  kind: 'eager',
  name: 'concat',
  parameters: ['any'],
  rest: 'any',
  apply: (values, _, meter) => {
    let text = '';
    for (const value of values) {
      text += toMeteredText(value, meter);
      checkTextLength('concat', text.length);
    }
    meter.charge(text.length);
    return text;
  },
  compile: (operands, meter) => {
    const parts = operands.map((operand) =>
      isConstantEvaluator(operand) ? toMeteredText(operand.constant, meter) : operand,
    );
    const merged = mergeTexts(parts);
    return (scope) => {
      let text = '';
      for (let index = 0; index < merged.length; index += 1) {
        const part = merged[index] as string | Evaluator;
        if (typeof part === 'string') text += part;
        else {
          const value: Value = part(scope);
          text += typeof value === 'string' ? value : toMeteredText(value, meter);
        }
        if (text.length > 1024) checkTextLength('concat', text.length);
      }
      meter.charge(text.length);
      return text;
    };
  },
};

/** Texts that stand side by side, as one. */
function mergeTexts(parts: readonly (string | Evaluator)[]): readonly (string | Evaluator)[] {
  const merged: (string | Evaluator)[] = [];
  for (const part of parts) {
    const previous = merged.at(-1);
    if (typeof part === 'string' && typeof previous === 'string') merged[merged.length - 1] = previous + part;
    else merged.push(part);
  }
  return merged;
}
