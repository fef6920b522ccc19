import { randomUUID } from 'node:crypto';
import type { FiredRun } from '@patchbay/workflow';
import type { FastifyReply } from 'fastify';
import type { CallableFlow } from '../../services/callable-flow.ts';

/** Says in the answer which run of which flow it comes from, as the ecosystem does. */
export function setWorkflowHeaders(
  reply: FastifyReply,
  { runId, clientTrackingId }: FiredRun,
  { row, flow }: CallableFlow,
) {
  reply.header('x-ms-workflow-id', row.id);
  reply.header('x-ms-workflow-name', row.id);
  reply.header('x-ms-workflow-version', String(flow.revision));
  reply.header('x-ms-workflow-system-id', `/workflows/${row.id}`);
  reply.header('x-ms-workflow-run-id', runId);
  reply.header('x-ms-trigger-history-name', runId);
  reply.header('x-ms-execution-location', row.environmentId);
  reply.header('x-ms-tracking-id', randomUUID());
  // Whoever calls chooses this one; what HTTP has no way to say is left out.
  if (/^[\x20-\x7e]+$/.test(clientTrackingId)) reply.header('x-ms-client-tracking-id', clientTrackingId);
}
