import { ConnectorError } from '@patchbay/connector';
import { CredentialError } from '@patchbay/credential';
import { EgressError, type EgressErrorCode } from '@patchbay/egress';
import { InvocationError } from '@patchbay/workflow';
import { describeError } from '../errors/describe-error.ts';

/** Failures of the way, not of the request: another try may find it open. */
const retryableCodes: ReadonlySet<EgressErrorCode> = new Set([
  'name-not-found',
  'connection-refused',
  'connection-reset',
  'timed-out',
  'tls-failed',
  'protocol-violated',
  'failed',
] satisfies EgressErrorCode[]);

/** Why a call got no answer, as the run's history tells it. */
export function toInvocationError(error: unknown): InvocationError {
  if (error instanceof InvocationError) return error;
  const { code, message } = describeError(error);
  // What nobody foresaw is the server's own, such as a database that is away for a moment.
  return new InvocationError(code, message, {
    retryable: code === 'InternalError' || isRetryable(error),
    cause: error,
  });
}

function isRetryable(error: unknown): boolean {
  if (error instanceof CredentialError) return error.code === 'token-unavailable';
  if (error instanceof EgressError) return retryableCodes.has(error.code);
  if (!(error instanceof ConnectorError) || error.code !== 'transport-failed') return false;
  return error.cause instanceof EgressError
    ? retryableCodes.has(error.cause.code)
    : retryableCodes.has(error.evidence as EgressErrorCode);
}
