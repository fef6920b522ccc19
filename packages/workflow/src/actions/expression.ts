import type { Value } from '@patchbay/expression';
import { entriesOf, member, textMember } from '../plan/json.ts';
import { isRecord } from '../run/value-types.ts';
import { type ActionKind, type ActionSource, type CompileContext, succeeded } from './action-kind.ts';
import { type ExpressionOperation, expressionOperations, operandNames } from './expression-kinds.ts';
import { languageFunction } from './language-function.ts';
import { compileUnknownAction } from './unknown-action.ts';

/** A function of the expression language as an action of its own; its `kind` says which. */
export const expression: ActionKind = {
  type: 'Expression',
  compile(source, context) {
    const kind = textMember(source.definition, 'kind') ?? '';
    const operation = expressionOperations.find((known) => known.kind.toLowerCase() === kind.toLowerCase());
    if (operation === undefined) {
      const kinds = expressionOperations.map((known) => known.kind).join(', ');
      const message = `"${source.name}" has the kind "${kind}"; an Expression action has one of ${kinds}`;
      context.report('action-type-unknown', 'error', message, `${source.pointer}/kind`, `Expression/${kind}`);
      return compileUnknownAction(source, context);
    }
    reportMissing(source, context, operation);
    const evaluate = context.evaluator(source.inputs ?? {}, `${source.pointer}/inputs`);
    const given = new Set(entriesOf(source.inputs).map(([name]) => name.toLowerCase()));
    const apply = languageFunction(operation.template(given));
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const inputs = evaluate(step.scope);
        return succeeded(inputs, { body: apply(step.scope, operandsOf(inputs)) });
      },
    };
  },
};

function reportMissing(source: ActionSource, context: CompileContext, operation: ExpressionOperation): void {
  for (const name of operation.required) {
    if (member(source.inputs, name) !== undefined) continue;
    const message = `"${source.name}" needs "${name}": ${operation.kind} has no value to work with`;
    context.report('action-invalid', 'error', message, `${source.pointer}/inputs`);
  }
}

/** The inputs by the names that the templates use, whatever their case was; a number may have been written as text. */
function operandsOf(inputs: Value): { readonly [name: string]: Value } {
  if (!isRecord(inputs)) return {};
  const byName = new Map(Object.entries(inputs).map(([name, value]) => [name.toLowerCase(), value]));
  return Object.fromEntries(
    operandNames.flatMap((name) => {
      const value = byName.get(name.toLowerCase());
      return value === undefined ? [] : [[name, name === 'number' ? numberOf(value) : value] as const];
    }),
  );
}

function numberOf(value: Value): Value {
  return typeof value === 'string' && value.trim() !== '' && !Number.isNaN(Number(value)) ? Number(value) : value;
}
