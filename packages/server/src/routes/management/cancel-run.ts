import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { findFlow } from './find-flow.ts';
import { runParams, versionQuery } from './schemas.ts';

export const cancelRun = defineRoute({
  method: 'POST',
  url: `${processSimple}/environments/:environment/flows/:flow/runs/:run/cancel`,
  permission: 'run.cancel',
  form: 'compatible',
  operationId: 'CancelRun',
  summary: 'Cancel a run',
  schema: { params: runParams, querystring: versionQuery, response: { 200: null } },
  handler: async ({ services, params, reply }) => {
    const { row } = await findFlow(services, params);
    const run = await services.runs.get(row.id, params.run);
    await services.engine.cancel(run.runId);
    return reply.code(200).send();
  },
});
