import { toText, type Value } from '@patchbay/expression';
import type { Failure } from '../contract.ts';
import { isWorkedOut } from '../plan/evaluated-limits.ts';
import { asText, member } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind } from './action-kind.ts';

const statuses = { succeeded: 'Succeeded', failed: 'Failed', cancelled: 'Cancelled' } as const;

/** Ends the run with a status of the author's choice. */
export const terminate: ActionKind = {
  type: 'Terminate',
  compile(source, context) {
    const given = member(source.inputs, 'runStatus');
    if (given !== undefined && given !== null && !isWorkedOut(given) && !isStatus(asText(given).toLowerCase())) {
      const message = `"${source.name}" ends the run as Succeeded, Failed or Cancelled, not as ${JSON.stringify(given)}; it fails when it is reached`;
      context.report('action-invalid', 'warning', message, `${source.pointer}/inputs/runStatus`);
    }
    const evaluate = context.evaluator(source.inputs ?? {}, `${source.pointer}/inputs`);
    return {
      role: 'plain',
      blocks: [],
      execute(step) {
        const inputs = evaluate(step.scope);
        const text = toText(valueMember(inputs, 'runStatus') ?? 'Failed').toLowerCase();
        if (!isStatus(text)) {
          const message = `The 'runStatus' of action '${step.action}' must be Succeeded, Failed or Cancelled, not '${text}'.`;
          throw new ActionFailure('BadRequest', message, inputs);
        }
        const status = statuses[text];
        const error = status === 'Failed' ? readRunError(valueMember(inputs, 'runError'), step.action) : undefined;
        return { kind: 'terminate', inputs, status, ...(error === undefined ? {} : { error }) };
      },
    };
  },
};

function isStatus(text: string): text is keyof typeof statuses {
  return Object.hasOwn(statuses, text);
}

function readRunError(given: Value | undefined, action: string): Failure {
  const code = valueMember(given, 'code');
  const message = valueMember(given, 'message');
  return {
    code: code === undefined || code === null ? 'Terminated' : toText(code),
    message:
      message === undefined || message === null
        ? `The workflow run was terminated by action '${action}'.`
        : toText(message),
  };
}
