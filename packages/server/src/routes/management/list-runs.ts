import type { RunQuery, Status } from '@patchbay/workflow';
import { z } from 'zod';
import { filterTime } from '../../http/filter-time.ts';
import { parsePositionToken, positionToken } from '../../http/history-position.ts';
import { parseFilter } from '../../http/odata-filter.ts';
import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { summaryView } from '../../views/run-view.ts';
import { findFlow } from './find-flow.ts';
import { flowParams, resourceList } from './schemas.ts';

const largestPage = 250;
const usualPage = 50;

const querystring = z.looseObject({
  'api-version': z.string().optional(),
  $filter: z.string().optional().describe("OData, e.g. status eq 'Failed' and startTime ge 2026-01-01T00:00:00Z"),
  $top: z.coerce.number().int().min(1).optional(),
  $skiptoken: z.string().optional(),
});

export const listRuns = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/runs`,
  permission: 'run.read',
  form: 'compatible',
  operationId: 'ListRuns',
  summary: 'List the runs of a flow, newest first',
  schema: { params: flowParams, querystring, response: { 200: resourceList } },
  handler: async ({ services, params, query }) => {
    const { row } = await findFlow(services, params);
    const limit = Math.min(query.$top ?? usualPage, largestPage);
    const runs = await services.runs.list({
      flowId: row.id,
      ...conditionsOf(query.$filter),
      ...(query.$skiptoken !== undefined && { after: parsePositionToken(query.$skiptoken) }),
      limit,
    });
    const last = runs.at(-1);
    const value = await Promise.all(runs.map((run) => summaryView(run, row.environmentId, services.runs)));
    if (last === undefined || runs.length < limit) return { value };
    const next = new URLSearchParams({
      'api-version': query['api-version'] ?? '2016-11-01',
      ...(query.$filter !== undefined && { $filter: query.$filter }),
      $top: String(limit),
      $skiptoken: positionToken(last),
    });
    return {
      value,
      nextLink: `${services.origin}${processSimple}/environments/${row.environmentId}/flows/${row.id}/runs?${next}`,
    };
  },
});

const statuses: readonly Status[] = ['Running', 'Waiting', 'Succeeded', 'Skipped', 'Failed', 'TimedOut', 'Cancelled'];

function conditionsOf(text: string | undefined): Pick<RunQuery, 'status' | 'startedFrom' | 'startedBefore'> {
  const filter = parseFilter(text);
  const wanted = filter['status']?.['eq']?.toLowerCase();
  const { ge, gt, le, lt } = filter['starttime'] ?? {};
  const startedFrom = later(ge && filterTime(ge), gt && filterTime(gt, 1));
  const startedBefore = earlier(lt && filterTime(lt), le && filterTime(le, 1));
  return {
    ...(wanted !== undefined && { status: statuses.filter((status) => status.toLowerCase() === wanted) }),
    ...(startedFrom !== undefined && { startedFrom }),
    ...(startedBefore !== undefined && { startedBefore }),
  };
}

function later(left: string | undefined, right: string | undefined): string | undefined {
  return left !== undefined && right !== undefined && left > right ? left : (right ?? left);
}

function earlier(left: string | undefined, right: string | undefined): string | undefined {
  return left !== undefined && right !== undefined && left < right ? left : (right ?? left);
}
