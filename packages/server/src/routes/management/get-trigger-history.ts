import { defineRoute } from '../../http/route.ts';
import { processSimple } from '../../views/resource.ts';
import { triggerLinks } from '../../views/run-view.ts';
import { triggerHistoryView } from '../../views/trigger-history-view.ts';
import { findFlow } from './find-flow.ts';
import { findTrigger } from './find-trigger.ts';
import { historyParams, resource, versionQuery } from './schemas.ts';

export const getTriggerHistory = defineRoute({
  method: 'GET',
  url: `${processSimple}/environments/:environment/flows/:flow/triggers/:trigger/histories/:history`,
  permission: 'run.read',
  form: 'compatible',
  operationId: 'GetTriggerHistory',
  summary: 'Get one time that a trigger fired, or did something that started no run',
  schema: { params: historyParams, querystring: versionQuery, response: { 200: resource } },
  handler: async ({ services, params }) => {
    const flow = await findFlow(services, params);
    const { id, environmentId } = flow.row;
    const trigger = findTrigger(flow, params.trigger).name;
    const history = await services.triggerHistories.get(id, trigger, params.history);
    const links = history.kind === 'run' ? await triggerLinks(history.run, services.runs) : {};
    return triggerHistoryView(history, { environmentId, flowId: id, trigger }, links);
  },
});
