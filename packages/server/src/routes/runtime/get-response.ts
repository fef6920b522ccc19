import { readResponse } from '@patchbay/workflow';
import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { isResponseSigned } from '../../services/response-url.ts';
import { sendLater } from './send-later.ts';
import { sendResponse } from './send-response.ts';

/** What an asynchronous Response says: 202 and the same address until the run has said it. The signature is the authority. */
export const getResponse = defineRoute({
  method: 'GET',
  url: '/workflows/:flow/runs/:run/operations/:operation',
  permission: 'signed',
  form: 'compatible',
  schema: {
    params: z.object({ flow: z.string(), run: z.string(), operation: z.string() }),
    querystring: z.looseObject({ sp: z.string().default(''), sv: z.string().default(''), sig: z.string().default('') }),
  },
  handler: async ({ services, params: { flow, run: runId }, query, reply }) => {
    if (!(await isResponseSigned(services.signatures, flow, runId, query))) {
      throw new PlatformError('SignatureInvalid', 'The address is not one that this server gave for the run.');
    }
    const run = await services.store.runs.findRun(runId);
    if (run === undefined || run.flowId !== flow)
      throw new PlatformError('WorkflowRunNotFound', `The flow "${flow}" has no run "${runId}" any more.`);
    if (run.response !== undefined) return sendResponse(readResponse(run.response), reply);
    if (run.status === 'Running' || run.status === 'Waiting') return sendLater(services, flow, runId, reply);
    throw new PlatformError('NoResponse', `The run ended without a Response action: its status is ${run.status}.`);
  },
});
