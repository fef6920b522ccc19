import type { JsonValue } from '@patchbay/expression';
import { memberAt, textMember } from '../plan/json.ts';
import type { CompileContext } from './action-kind.ts';
import { type ConnectionHost, lastSegment } from './connection-host.ts';

/** An operation of a built-in service of Standard, before anything is evaluated. */
export type ServiceProviderHost = ConnectionHost & { readonly operationId: string };

/**
 * Compiles `serviceProviderConfiguration` of an action's or a trigger's inputs. The operation is that of the same name of whatever
 * connector the flow's connection reference stands for.
 */
export function compileServiceProviderHost(
  {
    inputs,
    pointer,
    subject,
  }: { readonly inputs: JsonValue | undefined; readonly pointer: string; readonly subject: string },
  code: 'action-invalid' | 'trigger-invalid',
  context: Pick<CompileContext, 'report' | 'connectionReference'>,
): ServiceProviderHost {
  const configuration = memberAt(inputs, 'serviceProviderConfiguration');
  const at = `${pointer}/serviceProviderConfiguration`;
  const reference = textMember(configuration, 'connectionName') ?? '';
  const operationId = textMember(configuration, 'operationId') ?? '';
  const connectorName = lastSegment(textMember(configuration, 'serviceProviderId') ?? '');
  if (reference === '' || operationId === '') {
    const missing = reference === '' ? 'connectionName' : 'operationId';
    context.report(code, 'error', `${subject} names no ${missing} in its serviceProviderConfiguration`, at);
  } else {
    context.connectionReference(reference, at);
    const message =
      `${subject} uses "${operationId}" of the built-in service "${connectorName}", which is not part of this version; ` +
      `bind "${reference}" to a connection whose connector has an operation "${operationId}"`;
    context.report('option-unsupported', 'warning', message, at);
  }
  return { reference, connectorName, operationId };
}
