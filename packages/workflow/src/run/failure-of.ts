import { ExpressionError } from '@patchbay/expression';
import { ActionFailure } from '../actions/action-failure.ts';
import type { Failure } from '../contract.ts';
import type { Activity } from './activity.ts';

/** What an action's error is in its record, in the platform's words; `isUnexpected`: nobody foresaw it, so it belongs in the log. */
export function failureOf(
  activity: Activity,
  error: unknown,
): { readonly failure: Failure; readonly isUnexpected: boolean } {
  const { name, compiled } = activity.action;
  if (error instanceof ActionFailure) {
    return { failure: { code: error.code, message: error.message }, isUnexpected: false };
  }
  if (!(error instanceof ExpressionError)) {
    const message = `The action '${name}' could not be executed.`;
    return { failure: { code: 'InternalServerError', message }, isUnexpected: true };
  }
  const subject = compiled.subject === 'action' ? `for action '${name}'` : `in action '${name}' inputs`;
  const message = `Unable to process template language expressions ${subject} at line '0' and column '0': '${error.message}'.`;
  return { failure: { code: 'InvalidTemplate', message }, isUnexpected: false };
}
