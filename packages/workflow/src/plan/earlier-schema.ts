import { compileValue, type Evaluator, ExpressionError, type JsonValue } from '@patchbay/expression';
import type { CompiledAction, Outcome, Step } from '../actions/action-kind.ts';
import { isArray, type JsonObject, member, textMember } from './json.ts';
import { type RunAfter, readRunAfter } from './run-after.ts';

/**
 * Definitions of the schemas before 2016-06-01 say by `conditions` of an action what it waits for and whether it runs:
 * `[{"dependsOn": "A"}, {"expression": "@equals(…)"}]`.
 */
export function isOfEarlierSchema(definition: JsonObject): boolean {
  // Some say so and are written as the later one has it.
  if (Object.values(member(definition, 'actions') ?? {}).some((action) => member(action, 'runAfter') !== undefined)) {
    return false;
  }
  return /\/201[45]-\d\d-\d\d(?:-preview)?\//.test(textMember(definition, '$schema') ?? '');
}

const anyStatus = ['Succeeded', 'Failed', 'Skipped', 'TimedOut'];

/**
 * What an action waits for: the success of what it depends on and of what it reads, and the end, whatever it is, of what its conditions
 * read besides.
 */
export function readEarlierOrder(action: JsonObject): RunAfter {
  const { conditions: _conditions, ...rest } = action;
  const statuses: { [name: string]: readonly string[] } = {};
  for (const name of conditionsOf(action).flatMap((text) => namesReadBy(text))) statuses[name] = anyStatus;
  const depended = entriesOf(action).flatMap((condition) => textMember(condition, 'dependsOn') ?? []);
  for (const name of [...namesReadBy(rest), ...depended]) statuses[name] = ['Succeeded'];
  return readRunAfter(statuses);
}

/** The expressions among an action's conditions. */
export function conditionsOf(action: JsonObject): readonly string[] {
  return entriesOf(action).flatMap((condition) => textMember(condition, 'expression') ?? []);
}

/** An action that is skipped unless all conditions are met. */
export function onlyWhen(
  conditions: readonly { readonly text: string; readonly evaluate: Evaluator }[],
  compiled: CompiledAction,
): CompiledAction {
  const skipped = (step: Step): Outcome | undefined => {
    const unmet = conditions.find(({ evaluate }) => evaluate(step.scope) !== true);
    if (unmet === undefined) return undefined;
    const message = `The execution of template action '${step.action}' is skipped: its condition '${unmet.text}' is not met.`;
    const error = { code: 'ActionConditionFailed', message };
    return { kind: 'finished', status: 'Skipped', code: 'ActionSkipped', error };
  };
  return { ...compiled, execute: (step) => skipped(step) ?? compiled.execute(step) };
}

function entriesOf(action: JsonObject): readonly JsonValue[] {
  const conditions = action['conditions'];
  return isArray(conditions) ? conditions : [];
}

function namesReadBy(value: JsonValue): readonly string[] {
  try {
    return compileValue(value).references.flatMap(({ kind, name }) => (kind === 'action' ? (name ?? []) : []));
  } catch (error) {
    // It is reported where the action is compiled.
    if (error instanceof ExpressionError || error instanceof RangeError) return [];
    throw error;
  }
}
