import type { Value } from '@patchbay/expression';
import { member } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind } from './action-kind.ts';
import {
  readCallOptions,
  readContentTransfer,
  readPagination,
  readRecord,
  readText,
  requestInputs,
  withoutAuthentication,
} from './call.ts';
import { readConnectionHost, resolveConnection } from './connection-host.ts';

/** One request through a connection, by method and path. */
export const apiConnection: ActionKind = {
  type: 'ApiConnection',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const host = readConnectionHost(member(source.inputs, 'host'));
    if (host.reference === '') {
      context.report('action-invalid', 'error', `"${source.name}" names no connection in its host`, `${pointer}/host`);
    } else {
      context.connectionReference(host.reference, `${pointer}/host`);
    }
    const evaluate = context.evaluator(requestInputs(source, ['retrypolicy', 'host', 'authentication']), pointer);
    const retryPolicy = context.retryPolicy(source.inputs, pointer);
    const options = readCallOptions(source, context);
    const further = { ...readPagination(source, context), ...readContentTransfer(source, context) };
    const shown = (evaluated: Value): Value => ({
      host: { connection: { name: host.reference } },
      ...readRecord(withoutAuthentication(evaluated)),
    });
    return {
      role: 'plain',
      blocks: [],
      inputs: (step) => shown(evaluate(step.scope)),
      execute(step) {
        const evaluated = evaluate(step.scope);
        const inputs = shown(evaluated);
        const path = readText(valueMember(evaluated, 'path'));
        if (path === undefined) {
          throw new ActionFailure('InvalidTemplate', `The 'path' of action '${step.action}' is empty.`, inputs);
        }
        const body = valueMember(evaluated, 'body');
        return {
          kind: 'call',
          inputs,
          retryPolicy,
          ...options,
          invocation: {
            kind: 'connection-request',
            connection: resolveConnection(step, host),
            method: (readText(valueMember(evaluated, 'method')) ?? 'GET').toUpperCase(),
            path,
            queries: readRecord(valueMember(evaluated, 'queries')),
            headers: readRecord(valueMember(evaluated, 'headers')),
            ...(body === undefined ? {} : { body }),
            ...further,
          },
        };
      },
    };
  },
};
