import type { Failure, Status } from '../contract.ts';

function skipped(action: string, reason: string): string {
  return `The execution of template action '${action}' is skipped: ${reason}`;
}

/** `runAfter` is not satisfied. */
export function conditionFailed(action: string, after: string, expected: string, actual: Status): Failure {
  const reason =
    `the 'runAfter' condition for action '${after}' is not satisfied. ` +
    `Expected status values '${expected}' and actual value '${actual}'.`;
  return { code: 'ActionConditionFailed', message: skipped(action, reason) };
}

/** The action is in a branch that was not taken. */
export function branchNotTaken(action: string): Failure {
  const reason = 'the branching condition for this action is not satisfied.';
  return { code: 'ActionBranchingConditionNotSatisfied', message: skipped(action, reason) };
}

/** The container of the action was skipped, or failed before it began. */
export function dependencyFailed(action: string, container: string, status: Status, code: string): Failure {
  const reason = `dependant action '${container}' completed with status '${status}' and code '${code}'.`;
  return { code: 'ActionDependencyFailed', message: skipped(action, reason) };
}

/** The run ended before the action's turn came. */
export function runEnded(action: string, code: string, why: string): Failure {
  return { code, message: skipped(action, why) };
}
