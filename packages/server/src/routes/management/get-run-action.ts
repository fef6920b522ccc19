import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { actionView } from '../../views/run-view.ts';
import { findFlow } from './find-flow.ts';
import { actionParams, resource, versionQuery } from './schemas.ts';

export const getRunAction = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/runs/:run/actions/:action`,
  permission: 'run.read',
  form: 'compatible',
  operationId: 'GetRunAction',
  summary: 'Get an action of a run',
  schema: { params: actionParams, querystring: versionQuery, response: { 200: resource } },
  handler: async ({ services, params }) => {
    const { row } = await findFlow(services, params);
    const run = await services.runs.get(row.id, params.run);
    const record = (await services.runs.actions(run, params.action)).at(-1);
    if (record !== undefined) return actionView(record, run, row.environmentId, services.runs);
    throw new PlatformError('WorkflowRunActionNotFound', `The run "${params.run}" has no action "${params.action}".`);
  },
});
