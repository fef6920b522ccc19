import { hasOperationOption, member, textMember } from '../plan/json.ts';
import type { ActionKind } from './action-kind.ts';
import {
  readCallOptions,
  readContentTransfer,
  readPagination,
  readTracking,
  requestInputs,
  withoutAuthentication,
} from './call.ts';
import { checkHttpAuthentication } from './http-authentication.ts';
import { httpRequest } from './http-request.ts';

/** One HTTP request to any address. */
export const http: ActionKind = {
  type: 'Http',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const uri = member(source.inputs, 'uri');
    if (uri === undefined && textMember(source.inputs, 'url') === undefined) {
      context.report('action-invalid', 'error', `"${source.name}" has no uri`, pointer);
    }
    if (typeof uri === 'string' && !uri.includes('@') && !/^\s*https?:/i.test(uri)) {
      const message = `"${source.name}" has the uri "${uri}", which does not begin with https:// or http://; it fails when it is reached`;
      context.report('action-invalid', 'warning', message, `${pointer}/uri`);
    }
    const evaluate = context.evaluator(requestInputs(source, ['retrypolicy']), pointer);
    const retryPolicy = context.retryPolicy(source.inputs, pointer);
    const options = readCallOptions(source, context);
    const further = {
      ...readPagination(source, context),
      ...readContentTransfer(source, context),
      ...readTracking(source),
      ...(hasOperationOption(source.definition, 'DisableAutomaticDecompression') && { keepsEncoding: true }),
    };
    checkHttpAuthentication(source.name, source.inputs, pointer, context);
    return {
      role: 'plain',
      blocks: [],
      inputs: (step) => withoutAuthentication(evaluate(step.scope)),
      execute(step) {
        const evaluated = evaluate(step.scope);
        const inputs = withoutAuthentication(evaluated);
        return {
          kind: 'call',
          inputs,
          retryPolicy,
          ...options,
          invocation: { ...httpRequest(evaluated, step.action, inputs), ...further },
        };
      },
    };
  },
};
