import { toText, type Value } from '@patchbay/expression';
import { hasOperationOption, isObject, type JsonObject, member } from '../plan/json.ts';
import { asNumber, isRecord, valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind, ActionSource, CompileContext } from './action-kind.ts';

/** Answers the caller who waits for the run. */
export const response: ActionKind = {
  type: 'Response',
  compile(source, context) {
    const { schema: _schema, ...answer } = isObject(source.inputs) ? source.inputs : {};
    const evaluate = context.evaluator(answer, `${source.pointer}/inputs`);
    checkStatus(source, answer, context);
    const hasBody = member(answer, 'body') !== undefined;
    const isAsynchronous = hasOperationOption(source.definition, 'Asynchronous');
    return {
      role: 'response',
      isAsynchronous,
      blocks: [],
      execute(step) {
        const inputs = evaluate(step.scope);
        const state = step.responseState(isAsynchronous);
        if (state === 'answered') {
          throw new ActionFailure(
            'ActionResponseAlreadyDefined',
            `The execution of template action '${step.action}' failed: the workflow run has answered its caller already.`,
            inputs,
          );
        }
        if (state === 'too-late') {
          throw new ActionFailure(
            'ActionResponseTimedOut',
            `The execution of template action '${step.action}' is failed: the client application timed out waiting for a response from ` +
              'service. Answer earlier in the flow, or let the Response be asynchronous.',
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

/** A caller is not sent elsewhere. */
function isAnswer(statusCode: number): boolean {
  return Number.isInteger(statusCode) && statusCode >= 200 && statusCode <= 599 && Math.floor(statusCode / 100) !== 3;
}

function checkStatus({ name, pointer }: ActionSource, answer: JsonObject, context: CompileContext): void {
  const given = member(answer, 'statusCode');
  const isKnown = typeof given === 'number' || (typeof given === 'string' && !given.includes('@'));
  if (!isKnown || isAnswer(Number(given))) return;
  const message = `"${name}" answers with the status ${given}; a flow answers with 2xx, 4xx or 5xx`;
  context.report('action-invalid', 'error', message, `${pointer}/inputs/statusCode`);
}

function readStatusCode(given: Value | undefined, inputs: Value): number {
  if (given === undefined || given === null) return 200;
  const statusCode = typeof given === 'string' ? Number(given) : asNumber(given);
  if (statusCode === undefined || !isAnswer(statusCode)) {
    const message = `The response status code '${toText(given)}' is not one that a workflow may answer with: 2xx, 4xx or 5xx.`;
    throw new ActionFailure('BadRequest', message, inputs);
  }
  return statusCode;
}

function readHeaders(given: Value | undefined): { readonly [name: string]: string } {
  if (!isRecord(given)) return {};
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, toText(value)]));
}
