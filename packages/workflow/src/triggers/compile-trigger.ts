import type { JsonValue } from '@patchbay/expression';
import { pointerTo } from '../findings.ts';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { entriesOf, isArray, isObject, type JsonObject, jsonKind, member, memberAt, textMember } from '../plan/json.ts';
import type { TriggerPlan } from '../plan/plan.ts';
import { suggestion } from '../rules/closest-name.ts';
import { judgesStatus } from './judges-status.ts';
import { findTriggerKind, triggerKinds } from './table-of-kinds.ts';
import { compileConcurrency } from './trigger-concurrency.ts';

/** Compiles every trigger of a definition. */
export function compileTriggers(source: JsonValue | undefined, compiler: ActionCompiler): readonly TriggerPlan[] {
  return entriesOf(source).flatMap(([name, trigger]) => {
    const pointer = pointerTo('/triggers', name);
    if (isObject(trigger)) return [compileTrigger(name, trigger, pointer, compiler)];
    compiler.report(
      'trigger-invalid',
      'error',
      `trigger "${name}" must be an object, not ${jsonKind(trigger)}`,
      pointer,
    );
    return [];
  });
}

function compileTrigger(name: string, source: JsonObject, pointer: string, compiler: ActionCompiler): TriggerPlan {
  const type = textMember(source, 'type') ?? '';
  const kind = textMember(source, 'kind');
  const found = findTriggerKind(type);
  if (found === undefined) {
    const types = triggerKinds.map((known) => known.type);
    const supported = types.join(', ');
    if (type === '') {
      compiler.report(
        'trigger-invalid',
        'error',
        `trigger "${name}" has no type; give it one of ${supported}`,
        pointer,
      );
    } else {
      const meant = suggestion(type, types);
      const message = `trigger "${name}" has the type "${type}", which is not supported${meant === '' ? `; supported are ${supported}` : meant}`;
      compiler.report('trigger-type-unknown', 'error', message, `${pointer}/type`, type);
    }
  }
  const concurrency = compileConcurrency({ name, definition: source, pointer }, compiler);
  const splitOn = member(source, 'splitOn');
  const correlation = memberAt(source, 'correlation', 'clientTrackingId');
  const splitCorrelation = memberAt(source, 'splitOnConfiguration', 'correlation', 'clientTrackingId');
  const conditions = compileConditions(member(source, 'conditions'), `${pointer}/conditions`, compiler);
  return {
    name,
    type: found?.type ?? type,
    ...(kind === undefined ? {} : { kind }),
    ...(concurrency === undefined ? {} : { concurrency }),
    conditions,
    takesAnyStatus: conditions.some(({ text }) => judgesStatus(text)),
    ...(splitOn === undefined || splitOn === null
      ? {}
      : { splitOn: compiler.evaluator(splitOn, `${pointer}/splitOn`) }),
    ...(correlation === undefined
      ? {}
      : { clientTrackingId: compiler.evaluator(correlation, `${pointer}/correlation/clientTrackingId`) }),
    ...(splitCorrelation === undefined
      ? {}
      : { splitClientTrackingId: compiler.evaluator(splitCorrelation, `${pointer}/splitOnConfiguration`) }),
    ...found?.compile({ name, definition: source, pointer }, compiler),
  };
}

function compileConditions(
  source: JsonValue | undefined,
  pointer: string,
  compiler: ActionCompiler,
): TriggerPlan['conditions'] {
  if (!isArray(source)) return [];
  return source.flatMap((condition, index) => {
    const expression = isObject(condition) ? member(condition, 'expression') : condition;
    const at = `${pointer}/${index}/expression`;
    if (typeof expression === 'string') {
      const text = expression.startsWith('@') ? expression : `@${expression}`;
      return [{ text: expression, evaluate: compiler.evaluator(text, at) }];
    }
    compiler.report('trigger-invalid', 'error', 'a trigger condition needs an expression', at);
    return [];
  });
}
