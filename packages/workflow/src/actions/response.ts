import { toText, type Value } from '@patchbay/expression';
import { isObject, member } from '../plan/json.ts';
import { asNumber, isRecord, valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind } from './action-kind.ts';

/** Answers the caller who waits for the run. */
export const response: ActionKind = {
  type: 'Response',
  compile(source, context) {
    const { schema: _schema, ...answer } = isObject(source.inputs) ? source.inputs : {};
    const evaluate = context.evaluator(answer, `${source.pointer}/inputs`);
    const hasBody = member(answer, 'body') !== undefined;
    return {
      role: 'response',
      blocks: [],
      execute(step) {
        const inputs = evaluate(step.scope);
        const state = step.responseState();
        if (state === 'answered') {
          throw new ActionFailure(
            'ActionResponseAlreadyDefined',
            `The execution of template action '${step.action}' failed: the workflow run has answered its caller already.`,
            inputs,
          );
        }
        if (state === 'nobody') {
          const message =
            `The execution of template action '${step.action}' is skipped: the client application is not waiting for a response ` +
            'from service.';
          const code = 'ActionResponseSkipped';
          return { kind: 'finished', status: 'Skipped', code, inputs, error: { code, message } };
        }
        return {
          kind: 'respond',
          inputs,
          statusCode: readStatusCode(valueMember(inputs, 'statusCode'), inputs),
          headers: readHeaders(valueMember(inputs, 'headers')),
          body: hasBody ? (valueMember(inputs, 'body') ?? null) : null,
        };
      },
    };
  },
};

function readStatusCode(given: Value | undefined, inputs: Value): number {
  if (given === undefined || given === null) return 200;
  const statusCode = typeof given === 'string' ? Number(given) : asNumber(given);
  if (statusCode === undefined || !Number.isInteger(statusCode) || statusCode < 200 || statusCode > 599) {
    throw new ActionFailure('BadRequest', `The response status code '${toText(given)}' is not an HTTP status.`, inputs);
  }
  return statusCode;
}

function readHeaders(given: Value | undefined): { readonly [name: string]: string } {
  if (!isRecord(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, toText(value)]));
}
