import type { ActionCompiler } from '../plan/action-compiler.ts';
import { asNumeric, asText, hasOperationOption, isObject, memberAt } from '../plan/json.ts';
import type { TriggerConcurrency } from '../plan/plan.ts';
import type { TriggerDefinition } from './trigger-kind.ts';

/** When `runtimeConfiguration.concurrency` is there and says no number. */
const usualRuns = 25;
const mostRuns = 100;
const mostWaitingRuns = 200;
/** So many more than may run wait where nothing is said. */
const usualWaitingRuns = 10;

/**
 * How many runs of a trigger there may be at a time and how many more may wait: `runtimeConfiguration.concurrency`, or the option
 * `SingleInstance`, which is one run. `undefined`: as many as there are.
 */
export function compileConcurrency(
  { name, definition, pointer }: TriggerDefinition,
  compiler: ActionCompiler,
): TriggerConcurrency | undefined {
  const configured = memberAt(definition, 'runtimeConfiguration', 'concurrency');
  const at = `${pointer}/runtimeConfiguration/concurrency`;
  const isSingle = hasOperationOption(definition, 'SingleInstance');
  if (!isObject(configured)) return isSingle ? { runs: 1, maximumWaitingRuns: 1 + usualWaitingRuns } : undefined;
  const given = memberAt(configured, 'runs');
  if (isSingle && given !== undefined) {
    const message = `trigger "${name}" has both SingleInstance and a number of runs; say one of them`;
    compiler.report('trigger-invalid', 'error', message, at);
  }
  const limited = (member: string, highest: number, usual: number): number => {
    const value = memberAt(configured, member);
    if (value === undefined || value === null) return usual;
    const number = asNumeric(value);
    if (Number.isInteger(number) && number >= 1 && number <= highest) return number;
    const message = `the ${member} of trigger "${name}" must be a whole number from 1 to ${highest}, not ${asText(value)}`;
    compiler.report('trigger-invalid', 'error', message, `${at}/${member}`);
    return usual;
  };
  const runs = limited('runs', mostRuns, isSingle ? 1 : usualRuns);
  return { runs, maximumWaitingRuns: limited('maximumWaitingRuns', mostWaitingRuns, runs + usualWaitingRuns) };
}
