import type { JsonValue } from '@patchbay/expression';
import { pointerTo } from '../findings.ts';
import type { ActionCompiler } from '../plan/action-compiler.ts';
import { entriesOf, isObject, member, memberAt, textMember } from '../plan/json.ts';
import type { BatchPlan } from '../plan/plan.ts';
import { compileRecurrence } from './compile-recurrence.ts';
import type { TriggerDefinition, TriggerKind } from './trigger-kind.ts';

/** Gathers what SendToBatch actions send, and fires when a batch is full or its time has come. */
export const batchTrigger: TriggerKind = {
  type: 'Batch',
  compile(source, compiler) {
    const inputs = member(source.definition, 'inputs');
    const pointer = `${source.pointer}/inputs`;
    const report = (message: string, at: string): void => compiler.report('trigger-invalid', 'error', message, at);
    const mode = textMember(inputs, 'mode') ?? 'Inline';
    if (mode.toLowerCase() !== 'inline') {
      report(
        `trigger "${source.name}" takes its batches from an integration account; give them here, with the mode Inline`,
        `${pointer}/mode`,
      );
      return {};
    }
    const configurations = entriesOf(member(inputs, 'configurations'));
    if (configurations.length === 0) {
      report(`trigger "${source.name}" has no configurations, so there is no batch to send to`, pointer);
    }
    const batches = configurations.map(([name, configuration]) =>
      compileBatch(source, name, configuration, pointerTo(`${pointer}/configurations`, name), compiler),
    );
    return { batches };
  },
};

function compileBatch(
  source: TriggerDefinition,
  name: string,
  configuration: JsonValue,
  pointer: string,
  compiler: ActionCompiler,
): BatchPlan {
  const criteria = memberAt(configuration, 'releaseCriteria');
  const at = `${pointer}/releaseCriteria`;
  const count = member(criteria, 'messageCount');
  const size = member(criteria, 'batchSize');
  const recurrence = member(criteria, 'recurrence');
  if (!isObject(criteria) || [count, size, recurrence].every((one) => one === undefined || one === null)) {
    const message = `batch "${name}" of trigger "${source.name}" needs a messageCount, a batchSize or a recurrence to be released by`;
    compiler.report('trigger-invalid', 'error', message, pointer);
  }
  for (const [member_, value] of [
    ['messageCount', count],
    ['batchSize', size],
  ] as const) {
    if (value === undefined || value === null || isLimit(value)) continue;
    const message = `the ${member_} of batch "${name}" must be a whole number from 1`;
    compiler.report('trigger-invalid', 'error', message, `${at}/${member_}`);
  }
  return {
    name,
    messageCount: compiler.evaluator(count ?? null, `${at}/messageCount`),
    byteCount: compiler.evaluator(size ?? null, `${at}/batchSize`),
    ...(recurrence === undefined || recurrence === null
      ? {}
      : { recurrence: compileRecurrence({ name: source.name, pointer: at }, recurrence, compiler) }),
  };
}

/** A number, also as a text, or an expression that will give one. */
function isLimit(value: JsonValue): boolean {
  if (typeof value === 'string' && value.startsWith('@')) return true;
  const number = typeof value === 'string' ? Number(value) : value;
  return typeof number === 'number' && Number.isInteger(number) && number >= 1;
}
