import type { ConnectorModel, OperationModel, SoapBinding } from '@patchbay/definition';
import { compileBody } from '../bind-body.ts';
import { type Bind, compileNameCheck, requireBase } from '../bind-operation.ts';
import { compileSoapRequest } from './soap-request.ts';

/** Compiles a SOAP operation. Each is a POST to the one address of its port; the envelope says which it is. */
export function compileSoapBind(
  model: ConnectorModel,
  operation: OperationModel,
  soap: SoapBinding,
  baseUrl: string,
): Bind {
  const { encode, accept, headers } = compileSoapRequest(model, soap);
  const bindBody = operation.body && compileBody(model, operation, operation.body, encode);
  const checkNames = compileNameCheck(operation);
  return (given) => {
    checkNames(given);
    const { contentType, body } = bindBody?.(given) ?? encode({});
    return {
      method: 'POST',
      url: `${requireBase(baseUrl)}${soap.endpoint}`,
      headers: { accept, 'content-type': contentType, ...headers },
      body,
    };
  };
}
