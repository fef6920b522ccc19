import { z } from 'zod';
import { parsePositionToken, positionToken } from '../../http/history-position.ts';
import { parseFilter } from '../../http/odata-filter.ts';
import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { summaryTriggerLinks } from '../../views/run-view.ts';
import { type TriggerHistory, triggerHistoryView } from '../../views/trigger-history-view.ts';
import { findFlow } from './find-flow.ts';
import { findTrigger } from './find-trigger.ts';
import { resourceList, triggerParams } from './schemas.ts';

const largestPage = 250;
const usualPage = 50;

const querystring = z.looseObject({
  'api-version': z.string().optional(),
  $filter: z.string().optional().describe("OData, e.g. status eq 'Failed'"),
  $top: z.coerce.number().int().min(1).optional(),
  $skiptoken: z.string().optional(),
});

export const listTriggerHistories = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/triggers/:trigger/histories`,
  permission: 'run.read',
  form: 'compatible',
  operationId: 'ListTriggerHistories',
  summary: 'List when a trigger fired and what started no run, newest first',
  schema: { params: triggerParams, querystring, response: { 200: resourceList } },
  handler: async ({ services, params, query }) => {
    const flow = await findFlow(services, params);
    const { id, environmentId } = flow.row;
    const trigger = findTrigger(flow, params.trigger).name;
    const limit = Math.min(query.$top ?? usualPage, largestPage);
    const after = query.$skiptoken === undefined ? undefined : parsePositionToken(query.$skiptoken);
    const page = await services.triggerHistories.page(id, trigger, { after, limit });
    const wanted = parseFilter(query.$filter)['status']?.['eq']?.toLowerCase();
    const shown = page.histories.filter((one) => wanted === undefined || statusOf(one).toLowerCase() === wanted);
    const place = { environmentId, flowId: id, trigger };
    const value = await Promise.all(
      shown.map(async (one) => {
        const links = one.kind === 'run' ? await summaryTriggerLinks(one.run, services.runs) : {};
        return triggerHistoryView(one, place, links);
      }),
    );
    if (page.next === undefined) return { value };
    const next = new URLSearchParams({
      'api-version': query['api-version'] ?? '2016-11-01',
      ...(query.$filter !== undefined && { $filter: query.$filter }),
      $top: String(limit),
      $skiptoken: positionToken(page.next),
    });
    const path = `${processSimple}/environments/${environmentId}/flows/${id}/triggers/${encodeURIComponent(trigger)}`;
    return { value, nextLink: `${services.origin}${path}/histories?${next}` };
  },
});

function statusOf(history: TriggerHistory): string {
  return history.kind === 'run' ? history.run.trigger.status : history.note.status;
}
