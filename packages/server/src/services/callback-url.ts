import { isRequestType, type RequestTrigger, readRequestTrigger } from '@patchbay/workflow';
import { PlatformError } from '../errors/platform-error.ts';
import type { TriggerEntry } from './flow-document.ts';
import type { FlowSignatures } from './flow-signatures.ts';

const apiVersion = '2016-06-01';
const signatureVersion = '1.0';

/** The query of a callback URL that the signature speaks for. */
export type SignedQuery = {
  readonly sp?: unknown;
  readonly sv?: unknown;
  readonly se?: unknown;
  readonly sig?: unknown;
};

/** Whether callers start a flow through this trigger. */
export function isCallable(trigger: TriggerEntry): boolean {
  return isRequestType(trigger.type);
}

/** What a callable trigger says of its requests. Throws `TriggerNotCallable` where that cannot be told: a flow like that was saved before it was checked. */
export function requestOf(trigger: TriggerEntry): RequestTrigger {
  const read = readRequestTrigger(trigger.source);
  if (read.kind === 'request') return read.request;
  throw new PlatformError('TriggerNotCallable', `The trigger "${trigger.name}" takes no requests: ${read.message}.`);
}

/** The address that starts a flow, in the ecosystem's shape; signed, where the signature is what lets in. Throws `TriggerNotCallable`. */
export async function callbackUrl(
  { origin, signatures }: { readonly origin: string; readonly signatures: FlowSignatures },
  flowId: string,
  trigger: TriggerEntry,
) {
  if (!isCallable(trigger)) {
    throw new PlatformError(
      'TriggerNotCallable',
      `The trigger "${trigger.name}" is of the type ${trigger.type}, which no caller starts. Only Request triggers have a callback URL.`,
    );
  }
  const basePath = `${origin}/workflows/${flowId}/triggers/${encodeURIComponent(trigger.name)}/paths/invoke`;
  const permission = `/triggers/${trigger.name}/run`;
  const { method, relativePath, access } = requestOf(trigger);
  const sig = await signatures.sign(flowId, ['trigger', trigger.name, permission, signatureVersion, '']);
  const queries = {
    'api-version': apiVersion,
    ...(access.kind === 'signature' && { sp: permission, sv: signatureVersion, sig }),
  };
  return {
    value: `${basePath}${relativePath === undefined ? '' : `/${relativePath}`}?${new URLSearchParams(queries)}`,
    method: method ?? 'POST',
    basePath,
    ...(relativePath !== undefined && {
      relativePath,
      relativePathParameters: [...relativePath.matchAll(/\{([^}]+)\}/g)].map(([, name]) => name ?? ''),
    }),
    queries,
  };
}

/** Whether a call's signature is the flow's own for this trigger, and still good. */
export async function isSigned(
  signatures: FlowSignatures,
  flowId: string,
  trigger: string,
  query: SignedQuery,
): Promise<boolean> {
  const { sp, sv, se = '', sig } = query;
  if (typeof sp !== 'string' || typeof sv !== 'string' || typeof se !== 'string') return false;
  if (sp !== `/triggers/${trigger}/run` || sv !== signatureVersion) return false;
  if (se !== '' && !(Date.parse(se) > Date.now())) return false;
  return signatures.verify(flowId, ['trigger', trigger, sp, sv, se], sig);
}
