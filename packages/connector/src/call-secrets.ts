import { type Credential, CredentialError, createRedactor, type Redactor, secretsOf } from '@patchbay/credential';
import type { OperationModel } from '@patchbay/definition';
import { EgressError } from '@patchbay/egress';
import type { Callable } from './callable.ts';
import type { CallOptions } from './contract.ts';
import { ConnectorError } from './errors.ts';

/** Hides every credential that the call comes to use, and every connection parameter that is secret. */
export function watchSecrets(
  { isSecret }: Callable,
  options: CallOptions,
): { readonly options: CallOptions; readonly redact: Redactor } {
  const { credential, connectionParameters = {}, renewCredential } = options;
  const held = Object.entries(connectionParameters).flatMap(([name, value]) =>
    isSecret(name) && typeof value === 'string' ? [value] : [],
  );
  const used: Credential[] = [credential];
  let redactor: Redactor | undefined;
  const renew = async (refused: Credential): Promise<Credential | undefined> => {
    const renewed = await renewCredential?.(refused);
    if (renewed !== undefined) used.push(renewed);
    redactor = undefined;
    return renewed;
  };
  return {
    options: renewCredential === undefined ? options : { ...options, renewCredential: renew },
    redact: (text) => {
      redactor ??= createRedactor([...used.flatMap(secretsOf), ...held]);
      return redactor(text);
    },
  };
}

/** Failures as the connector's own, without secrets: an upstream may have sent them back. */
export function redacted(error: unknown, operation: OperationModel, redact: Redactor): unknown {
  const { operationId } = operation;
  if (error instanceof EgressError) {
    return new ConnectorError('transport-failed', redact(error.message), {
      operationId,
      evidence: error.code,
      cause: error,
    });
  }
  if (error instanceof CredentialError) {
    return new ConnectorError('credential-missing', redact(error.message), { operationId, cause: error });
  }
  if (!(error instanceof ConnectorError)) return error;
  const isAnswer = error.code === 'response-not-json' || error.code === 'response-not-soap';
  const evidence = isAnswer ? undefined : error.evidence;
  return new ConnectorError(error.code, redact(error.message), {
    operationId,
    ...(evidence !== undefined && { evidence }),
    ...(error.policy !== undefined && { policy: error.policy }),
  });
}
