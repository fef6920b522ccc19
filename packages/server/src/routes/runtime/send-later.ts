import type { FastifyReply } from 'fastify';
import { responseUrl } from '../../services/response-url.ts';
import type { Services } from '../../services/services.ts';

/** Seconds after which a caller looks again, as the ecosystem says it. */
const retryAfterSeconds = 10;

/** Tells a caller where to look for what the run will answer (the asynchronous pattern: 202, `Location`, `Retry-After`). */
export async function sendLater(services: Services, flowId: string, runId: string, reply: FastifyReply) {
  return reply
    .code(202)
    .header('location', await responseUrl(services, flowId, runId))
    .header('retry-after', String(retryAfterSeconds))
    .send();
}
