import type { Value } from '@patchbay/expression';
import { isWorkedOut } from '../plan/evaluated-limits.ts';
import { memberAt, textMember } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind, ActionSource, CompileContext, CompiledAction, Step } from './action-kind.ts';
import { readText } from './call.ts';
import { resolveConnection } from './connection-host.ts';
import { compileServiceCall, type ServiceTarget } from './service-call.ts';

/** Calls a function of a function app, named by its resource id. */
export const functionAction: ActionKind = { type: 'Function', compile: compileFunction };
/** The same as Standard writes it: named by a reference of its connections. */
export const invokeFunction: ActionKind = { type: 'InvokeFunction', compile: compileFunction };

/** `…/Microsoft.Web/sites/{app}/functions/{function}`. */
const functionId = /\/sites\/([\w-]+)\/functions\/([^/?#]+)/i;

/**
 * A connection reference with the name of the function app (or the `connectionName` of Standard) says where the function is and holds
 * its key. Without one the function is asked at its public address, `https://{app}.azurewebsites.net/api/{function}`.
 */
function compileFunction(source: ActionSource, context: CompileContext): CompiledAction {
  const pointer = `${source.pointer}/inputs/function`;
  const id = textMember(memberAt(source.inputs, 'function'), 'id') ?? '';
  const reference = textMember(memberAt(source.inputs, 'function'), 'connectionName') ?? '';
  if (reference !== '') context.connectionReference(reference, pointer);
  else if (!isWorkedOut(id) && !functionId.test(id)) {
    const message = `"${source.name}" names no function: give function.id as …/sites/{app}/functions/{function}, or function.connectionName`;
    context.report('action-invalid', 'error', message, pointer);
  }
  const target = (step: Step, inputs: Value): ServiceTarget => {
    const named = readText(valueMember(valueMember(inputs, 'function'), 'id')) ?? '';
    const [, app = '', functionName = ''] = functionId.exec(named) ?? [];
    if (reference === '' && app === '') {
      const message = `The action '${step.action}' names no function: '${named}' is not …/sites/{app}/functions/{function}.`;
      throw new ActionFailure('InvalidTemplate', message, inputs);
    }
    const path = functionName === '' ? '/' : `/api/${encodeURIComponent(functionName)}`;
    const host = { reference: reference === '' ? app : reference, connectorName: '' };
    if (reference === '' && step.connection(app) === undefined) {
      return { kind: 'address', uri: `https://${app}.azurewebsites.net${path}` };
    }
    return { kind: 'connection', connection: resolveConnection(step, host), path };
  };
  return compileServiceCall(source, context, { method: 'POST', target, headers: () => ({}) });
}
