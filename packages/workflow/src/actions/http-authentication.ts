import type { JsonValue } from '@patchbay/expression';
import { memberAt, textMember } from '../plan/json.ts';
import type { CompileContext } from './action-kind.ts';

const knownTypes = new Set(['', 'none', 'basic', 'raw', 'clientcertificate', 'activedirectoryoauth']);

/** Says of a request to any address when what authenticates it is nothing that there is here. */
export function checkHttpAuthentication(
  name: string,
  request: JsonValue | undefined,
  pointer: string,
  context: Pick<CompileContext, 'report'>,
): void {
  const type = textMember(memberAt(request, 'authentication'), 'type')?.trim() ?? '';
  if (type.includes('@') || knownTypes.has(type.toLowerCase())) return;
  const message =
    type.toLowerCase() === 'managedserviceidentity'
      ? `"${name}" proves to be a managed identity, which only Azure gives: it fails when it is reached; use ActiveDirectoryOAuth with a client of your own, or a connection`
      : `"${name}" has the authentication type "${type}", which is not supported; use Basic, ClientCertificate, ActiveDirectoryOAuth or Raw`;
  context.report('option-unsupported', 'warning', message, `${pointer}/authentication/type`);
}
