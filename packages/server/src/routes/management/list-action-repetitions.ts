import { z } from 'zod';
import { PlatformError } from '../../errors/platform-error.ts';
import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { repetitionView } from '../../views/run-view.ts';
import { findFlow } from './find-flow.ts';
import { actionParams, resourceList } from './schemas.ts';

const largestPage = 250;

const querystring = z.looseObject({
  'api-version': z.string().optional(),
  $top: z.coerce.number().int().min(1).optional(),
  $skiptoken: z.string().optional(),
});

export const listActionRepetitions = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/runs/:run/actions/:action/repetitions`,
  permission: 'run.read',
  form: 'compatible',
  operationId: 'ListActionRepetitions',
  summary: 'List the iterations of an action inside a loop',
  schema: { params: actionParams, querystring, response: { 200: resourceList } },
  handler: async ({ services, params, query }) => {
    const { row } = await findFlow(services, params);
    const run = await services.runs.get(row.id, params.run);
    const most = Math.min(query.$top ?? largestPage, largestPage);
    const { action } = params;
    const records = await services.runs.iterationsAfter(run, { action, after: positionOf(query.$skiptoken), most });
    const value = await Promise.all(
      records.map((record) => repetitionView(record, run, row.environmentId, services.runs)),
    );
    const last = records.at(-1);
    if (last === undefined || records.length < most) return { value };
    const next = new URLSearchParams({
      'api-version': query['api-version'] ?? '2016-11-01',
      $top: String(most),
      $skiptoken: last.iteration,
    });
    const path = `${processSimple}/environments/${row.environmentId}/flows/${row.id}/runs/${encodeURIComponent(run.runId)}`;
    return {
      value,
      nextLink: `${services.origin}${path}/actions/${encodeURIComponent(action)}/repetitions?${next}`,
    };
  },
});

/** The iteration behind which a page begins. Throws `InvalidRequest` for one that no list has given. */
function positionOf(token: string | undefined): string {
  if (token === undefined) return '';
  if (/^\d{6}(-\d{6})*$/.test(token)) return token;
  throw new PlatformError(
    'InvalidRequest',
    'The `$skiptoken` is none of this list: follow `nextLink` as it was given.',
  );
}
