import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { actionView } from '../../views/run-view.ts';
import { findFlow } from './find-flow.ts';
import { resourceList, runParams, versionQuery } from './schemas.ts';

export const listRunActions = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/runs/:run/actions`,
  permission: 'run.read',
  form: 'compatible',
  operationId: 'ListRunActions',
  summary: 'List the actions of a run',
  schema: { params: runParams, querystring: versionQuery, response: { 200: resourceList } },
  handler: async ({ services, params }) => {
    const { row } = await findFlow(services, params);
    const run = await services.runs.get(row.id, params.run);
    const records = await services.runs.actions(run);
    return {
      value: await Promise.all(records.map((record) => actionView(record, run, row.environmentId, services.runs))),
    };
  },
});
