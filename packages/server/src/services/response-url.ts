import type { SignedQuery } from './callback-url.ts';
import type { FlowSignatures } from './flow-signatures.ts';

const apiVersion = '2016-06-01';
const signatureVersion = '1.0';

/** The address at which a caller looks for what an asynchronous Response says, in the ecosystem's shape. */
export async function responseUrl(
  { origin, signatures }: { readonly origin: string; readonly signatures: FlowSignatures },
  flowId: string,
  runId: string,
): Promise<string> {
  const sp = permissionOf(runId);
  const sig = await signatures.sign(flowId, ['response', runId, sp, signatureVersion]);
  const query = new URLSearchParams({ 'api-version': apiVersion, sp, sv: signatureVersion, sig });
  return `${origin}/workflows/${flowId}/runs/${runId}/operations/${runId}?${query}`;
}

/** Whether the address was made for this run. */
export function isResponseSigned(
  signatures: FlowSignatures,
  flowId: string,
  runId: string,
  { sp, sv, sig }: SignedQuery,
): Promise<boolean> {
  if (sp !== permissionOf(runId) || sv !== signatureVersion) return Promise.resolve(false);
  return signatures.verify(flowId, ['response', runId, sp, sv], sig);
}

function permissionOf(runId: string): string {
  return `/runs/${runId}/operations/${runId}/read`;
}
