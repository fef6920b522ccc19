import { toText, type Value } from '@patchbay/expression';
import { isWorkedOut } from '../plan/evaluated-limits.ts';
import { memberAt, textMember } from '../plan/json.ts';
import { valueMember } from '../run/value-types.ts';
import { ActionFailure } from './action-failure.ts';
import type { ActionKind, Step } from './action-kind.ts';
import { readRecord, readText } from './call.ts';
import { resolveConnection } from './connection-host.ts';
import { compileServiceCall, type ServiceTarget } from './service-call.ts';

/** `…/Microsoft.ApiManagement/service/{service}/apis/{api}`. */
const apiId = /\/service\/([\w-]+)\/apis\/([^/?#]+)/i;

/**
 * Calls an API behind API Management. A connection reference with the name of the service (or the `connection` of Standard) says where
 * it is and holds its key; without one it is asked at its public address, `https://{service}.azure-api.net`.
 */
export const apiManagement: ActionKind = {
  type: 'ApiManagement',
  compile(source, context) {
    const pointer = `${source.pointer}/inputs`;
    const id = textMember(memberAt(source.inputs, 'api'), 'id') ?? '';
    const reference = textMember(memberAt(source.inputs, 'apiManagement'), 'connection') ?? '';
    if (reference !== '') context.connectionReference(reference, `${pointer}/apiManagement`);
    else if (!isWorkedOut(id) && !apiId.test(id)) {
      const message = `"${source.name}" names no API: give api.id as …/service/{service}/apis/{api}, or apiManagement.connection`;
      context.report('action-invalid', 'error', message, `${pointer}/api`);
    }
    const target = (step: Step, inputs: Value): ServiceTarget => {
      const named = readText(valueMember(valueMember(inputs, 'api'), 'id')) ?? '';
      const service = apiId.exec(named)?.[1] ?? '';
      if (reference === '' && service === '') {
        const message = `The action '${step.action}' names no API: '${named}' is not …/service/{service}/apis/{api}.`;
        throw new ActionFailure('InvalidTemplate', message, inputs);
      }
      const path = fillPath(valueMember(inputs, 'pathTemplate'));
      const host = { reference: reference === '' ? service : reference, connectorName: '' };
      if (reference === '' && step.connection(service) === undefined) {
        return { kind: 'address', uri: `https://${service}.azure-api.net${path}` };
      }
      return { kind: 'connection', connection: resolveConnection(step, host), path };
    };
    return compileServiceCall(source, context, { method: 'GET', target, headers: keyHeader });
  },
};

function keyHeader(inputs: Value): { readonly [name: string]: string } {
  const key = readText(valueMember(inputs, 'subscriptionKey'));
  return key === undefined ? {} : { 'Ocp-Apim-Subscription-Key': key };
}

/** `{template: "/orders/{id}", parameters: {id: 7}}` → `/orders/7`; each value is one segment. */
function fillPath(given: Value | undefined): string {
  const template = readText(valueMember(given, 'template')) ?? '';
  const parameters = readRecord(valueMember(given, 'parameters'));
  const filled = template.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const value = parameters[name];
    return value === undefined ? whole : encodeURIComponent(toText(value));
  });
  return filled.startsWith('/') ? filled : `/${filled}`;
}
