import { z } from 'zod';
import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { actionProperties, runView } from '../../views/run-view.ts';
import { findFlow } from './find-flow.ts';
import { resource, runParams } from './schemas.ts';

const querystring = z.looseObject({ 'api-version': z.string().optional(), $expand: z.string().optional() });

export const getRun = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/runs/:run`,
  permission: 'run.read',
  form: 'compatible',
  operationId: 'GetRun',
  summary: 'Get a run, with its actions when expanded',
  schema: { params: runParams, querystring, response: { 200: resource } },
  handler: async ({ services, params, query }) => {
    const { row } = await findFlow(services, params);
    const run = await services.runs.get(row.id, params.run);
    if (query.$expand?.toLowerCase().includes('properties/actions') !== true)
      return runView(run, row.environmentId, services.runs);
    const records = await services.runs.actions(run);
    const actions = await Promise.all(
      records.map(
        async (record): Promise<[string, object]> => [
          record.action,
          await actionProperties(record, run, services.runs),
        ],
      ),
    );
    return runView(run, row.environmentId, services.runs, Object.fromEntries(actions));
  },
});
