import type { Evaluator, Value } from '@patchbay/expression';
import { isArray, member, textMember } from '../plan/json.ts';
import { initialValue, readVariableType, type VariableType } from '../run/variables.ts';
import { type ActionKind, succeeded } from './action-kind.ts';

type Declaration = {
  readonly name: string;
  readonly typeText: string;
  readonly type: VariableType;
  readonly value: Evaluator | undefined;
};

/** Declares variables of the run, with their first values. */
export const initializeVariable: ActionKind = {
  type: 'InitializeVariable',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs/variables`;
    const entries = member(source.inputs, 'variables');
    if (!isArray(entries) || entries.length === 0) {
      context.report('action-invalid', 'error', `"${source.name}" names no variable to initialize`, pointer);
    }
    const declarations: Declaration[] = [];
    for (const [index, entry] of (isArray(entries) ? entries : []).entries()) {
      const name = textMember(entry, 'name');
      const typeText = textMember(entry, 'type') ?? '';
      const type = readVariableType(typeText);
      if (name === undefined || name === '' || type === undefined) {
        const message = `a variable of "${source.name}" needs a name and a type of boolean, integer, float, string, object or array`;
        context.report('action-invalid', 'error', message, `${pointer}/${index}`);
        continue;
      }
      const value = member(entry, 'value');
      declarations.push({
        name,
        typeText,
        type,
        value: value === undefined ? undefined : context.evaluator(value, `${pointer}/${index}/value`),
      });
    }
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const values = declarations.map(
          (declaration) => declaration.value?.(step.scope) ?? initialValue(declaration.type),
        );
        const variables = declarations.map(
          ({ name, typeText, value }, index): Value =>
            value === undefined ? { name, type: typeText } : { name, type: typeText, value: values[index] ?? null },
        );
        for (const [index, { name, type }] of declarations.entries()) {
          step.variables.initialize(name, type, values[index] ?? null);
        }
        const bodies = declarations.map(
          ({ name, type }, index): Value => ({ name, type, value: values[index] ?? null }),
        );
        return succeeded({ variables }, { body: bodies.length === 1 ? (bodies[0] ?? null) : bodies });
      },
    };
  },
};
