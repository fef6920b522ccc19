import { member, textMember } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind } from './action-kind.ts';
import {
  readCallOptions,
  readContentTransfer,
  readRecord,
  readText,
  requestInputs,
  withoutAuthentication,
} from './call.ts';

/** One HTTP request to any address. */
export const http: ActionKind = {
  type: 'Http',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    if (member(source.inputs, 'uri') === undefined && textMember(source.inputs, 'url') === undefined) {
      context.report('action-invalid', 'error', `"${source.name}" has no uri`, pointer);
    }
    const evaluate = context.evaluator(requestInputs(source, ['retrypolicy']), pointer);
    const retryPolicy = context.retryPolicy(source.inputs, pointer);
    const options = readCallOptions(source, context);
    const transfer = readContentTransfer(source, context);
    return {
      role: 'plain',
      blocks: [],
      inputs: (step) => withoutAuthentication(evaluate(step.scope)),
      execute(step) {
        const evaluated = evaluate(step.scope);
        const inputs = withoutAuthentication(evaluated);
        const uri = readText(valueMember(evaluated, 'uri') ?? valueMember(evaluated, 'url'));
        if (uri === undefined || uri.trim() === '') {
          throw new ActionFailure('InvalidTemplate', `The 'uri' of action '${step.action}' is empty.`, inputs);
        }
        const body = valueMember(evaluated, 'body');
        const authentication = valueMember(evaluated, 'authentication');
        return {
          kind: 'call',
          inputs,
          retryPolicy,
          ...options,
          invocation: {
            kind: 'http',
            method: (readText(valueMember(evaluated, 'method')) ?? 'GET').toUpperCase(),
            uri,
            queries: readRecord(valueMember(evaluated, 'queries')),
            headers: readRecord(valueMember(evaluated, 'headers')),
            ...(body === undefined ? {} : { body }),
            ...(authentication === undefined || authentication === null ? {} : { authentication }),
            ...transfer,
          },
        };
      },
    };
  },
};
