import type { FastifyRequest } from 'fastify';
import { PlatformError } from '../../errors/platform-error.ts';
import type { CallableFlow, CallableTrigger } from '../../services/callable-flow.ts';
import { isSigned, type SignedQuery } from '../../services/callback-url.ts';
import type { Services } from '../../services/services.ts';

/** A trigger that takes requests, of a flow. */
export type Called = {
  readonly callable: CallableFlow;
  readonly trigger: CallableTrigger & { readonly request: NonNullable<CallableTrigger['request']> };
};

/**
 * Lets in who may start a flow by a trigger: by the signature of the address, or by an access token where the trigger asks for one. Nobody
 * else is told whether there is such a flow. Throws `SignatureInvalid`, `Unauthenticated`, `Forbidden`, `TriggerNotFound`.
 */
export async function checkCaller(
  services: Services,
  { flow, trigger: name }: { readonly flow: string; readonly trigger: string },
  request: FastifyRequest,
): Promise<Called> {
  // The query came by URLSearchParams, or as the framework reads it.
  const hasSignature = await isSigned(services.signatures, flow, name, request.query as SignedQuery);
  if (!hasSignature && request.headers.authorization === undefined) throw signatureInvalid();
  const callable = await find(services, flow, hasSignature);
  const trigger = callable.triggers.find((one) => one.name === name);
  if (trigger?.request === undefined) {
    if (!hasSignature) throw signatureInvalid();
    throw new PlatformError('TriggerNotFound', `The flow has no request trigger "${name}".`);
  }
  const { access } = trigger.request;
  if (access.kind === 'signature') {
    if (!hasSignature) throw signatureInvalid();
  } else await checkAccount(services, access.kind === 'accounts' ? undefined : access.accounts, request);
  return { callable, trigger: { ...trigger, request: trigger.request } };
}

async function find({ flows }: Services, flowId: string, hasSignature: boolean): Promise<CallableFlow> {
  try {
    return await flows.callable(flowId);
  } catch (error) {
    if (!hasSignature && error instanceof PlatformError && error.code === 'FlowNotFound') throw signatureInvalid();
    throw error;
  }
}

/** A cookie lets nobody in: any page could send it along. */
async function checkAccount(
  { authenticator }: Services,
  allowed: readonly string[] | undefined,
  request: FastifyRequest,
): Promise<void> {
  const principal = request.headers.authorization === undefined ? undefined : await authenticator.authenticate(request);
  if (principal === undefined) {
    throw new PlatformError(
      'Unauthenticated',
      'The flow takes requests of people that this server knows. Send a valid access token in the Authorization header.',
    );
  }
  const { id, email } = principal.account;
  if (allowed === undefined || allowed.includes(id.toLowerCase()) || allowed.includes(email.toLowerCase())) return;
  throw new PlatformError('Forbidden', 'The flow takes requests of some people, and you are not one of them.');
}

function signatureInvalid(): PlatformError {
  return new PlatformError(
    'SignatureInvalid',
    'The callback URL is not valid, or not any more. Get the current one from the flow.',
  );
}
