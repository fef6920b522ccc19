import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { repetitionView } from '../../views/run-view.ts';
import { findFlow } from './find-flow.ts';
import { actionParams, resourceList, versionQuery } from './schemas.ts';

export const listActionRepetitions = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/runs/:run/actions/:action/repetitions`,
  permission: 'run.read',
  form: 'compatible',
  operationId: 'ListActionRepetitions',
  summary: 'List the iterations of an action inside a loop',
  schema: { params: actionParams, querystring: versionQuery, response: { 200: resourceList } },
  handler: async ({ services, params }) => {
    const { row } = await findFlow(services, params);
    const run = await services.runs.get(row.id, params.run);
    const records = (await services.runs.actions(run, params.action)).filter((record) => record.iteration !== '');
    return {
      value: await Promise.all(records.map((record) => repetitionView(record, run, row.environmentId, services.runs))),
    };
  },
});
