import type { InvocationContext } from '../contract.ts';

/**
 * The header fields by which an address that a flow calls is told which action of which run asks, as in the ecosystem. What HTTP has no way
 * to say is left out.
 */
export function trackingHeaders(context: InvocationContext): { readonly [name: string]: string } {
  const { flowId, flowRevision, runId, action, actionTrackingId, clientTrackingId, environmentId } = context;
  const fields = {
    'x-ms-workflow-id': flowId,
    'x-ms-workflow-name': flowId,
    'x-ms-workflow-version': String(flowRevision),
    'x-ms-workflow-system-id': `/workflows/${flowId}`,
    'x-ms-workflow-run-id': runId,
    'x-ms-workflow-operation-name': action,
    'x-ms-execution-location': environmentId,
    'x-ms-client-tracking-id': clientTrackingId,
    'x-ms-tracking-id': actionTrackingId,
    'x-ms-action-tracking-id': actionTrackingId,
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => /^[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?$/.test(value)),
  );
}
