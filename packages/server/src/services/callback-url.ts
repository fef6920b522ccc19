import { PlatformError } from '../errors/platform-error.ts';
import { memberOf, type TriggerEntry, textOf } from './flow-document.ts';
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
  return /^(request|manual)$/i.test(trigger.type);
}

/** The signed address that starts a flow, in the ecosystem's shape. Throws `TriggerNotCallable`. */
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
  const relativePath = textOf(memberOf(memberOf(trigger.source, 'inputs'), 'relativePath'))?.replace(/^\//, '');
  const sig = await signatures.sign(flowId, ['trigger', trigger.name, permission, signatureVersion, '']);
  const queries = { 'api-version': apiVersion, sp: permission, sv: signatureVersion, sig };
  return {
    value: `${basePath}${relativePath === undefined ? '' : `/${relativePath}`}?${new URLSearchParams(queries)}`,
    method: textOf(memberOf(memberOf(trigger.source, 'inputs'), 'method'))?.toUpperCase() ?? 'POST',
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
