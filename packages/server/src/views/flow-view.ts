import type { JsonObject } from '@patchbay/definition';
import { actionsOf, memberOf, textOf, triggersOf } from '../services/flow-document.ts';
import type { Flow } from '../services/flow-revision.ts';
import { shownParameters } from '../services/flow-secrets.ts';
import { powerApps, processSimple, tenantId, timeText } from './resource.ts';

export function flowId(environmentId: string, name: string): string {
  return `${processSimple}/environments/${environmentId}/flows/${name}`;
}

/** A flow in the ecosystem's shape. */
export function flowView({ row, revision }: Flow, origin: string): object {
  const definition = JSON.parse(revision.definition) as JsonObject;
  const parameters = shownParameters(definition, JSON.parse(revision.parameters) as JsonObject);
  const id = flowId(row.environmentId, row.id);
  return {
    name: row.id,
    id,
    type: 'Microsoft.ProcessSimple/environments/flows',
    properties: {
      apiId: `${powerApps}/apis/shared_logicflows`,
      displayName: row.displayName,
      userType: 'Owner',
      state: row.state,
      revision: row.revision,
      definition,
      ...(Object.keys(parameters).length > 0 && { parameters }),
      connectionReferences: JSON.parse(revision.connectionReferences) as JsonObject,
      definitionSummary: definitionSummary(definition),
      flowTriggerUri: `${origin}${id}/triggers/${encodeURIComponent(triggersOf(definition)[0]?.name ?? 'manual')}/run?api-version=2016-11-01`,
      createdTime: timeText(row.createdAtMs),
      lastModifiedTime: timeText(row.changedAtMs),
      flowSuspensionReason: 'None',
      environment: {
        name: row.environmentId,
        type: 'Microsoft.ProcessSimple/environments',
        id: `${processSimple}/environments/${row.environmentId}`,
      },
      creator: { tenantId, objectId: row.createdBy, userId: row.createdBy, userType: 'ActiveDirectory' },
      provisioningMethod: 'FromDefinition',
      flowFailureAlertSubscribed: false,
      isManaged: false,
      sharingType: 'NotShared',
    },
  };
}

function definitionSummary(definition: JsonObject): object {
  return {
    triggers: triggersOf(definition).map(({ type, kind }) => ({ type, ...(kind !== undefined && { kind }) })),
    actions: actionsOf(definition).map(({ type, source }) => {
      const host = memberOf(memberOf(source, 'inputs'), 'host');
      const operationId = textOf(memberOf(host, 'operationId'));
      const apiId = textOf(memberOf(host, 'apiId'));
      return {
        type,
        ...(operationId !== undefined && { swaggerOperationId: operationId }),
        ...(apiId !== undefined && {
          api: { name: apiId.slice(apiId.lastIndexOf('/') + 1), id: apiId, type: 'Microsoft.PowerApps/apis' },
        }),
      };
    }),
    description: textOf(memberOf(definition, 'description')) ?? '',
  };
}

/** A flow's trigger in the ecosystem's shape. */
export function triggerView(
  { row, revision }: Flow,
  name: string,
  { lastMs, nextMs }: { readonly lastMs?: number; readonly nextMs?: number },
): object {
  const id = flowId(row.environmentId, row.id);
  const trigger = triggersOf(JSON.parse(revision.definition) as JsonObject).find((one) => one.name === name);
  const recurrence = memberOf(trigger?.source, 'recurrence');
  return {
    id: `${id}/triggers/${name}`,
    name,
    type: 'Microsoft.ProcessSimple/environments/flows/triggers',
    properties: {
      provisioningState: 'Succeeded',
      createdTime: timeText(row.createdAtMs),
      changedTime: timeText(row.changedAtMs),
      state: row.state === 'Started' ? 'Enabled' : 'Disabled',
      status: 'Waiting',
      ...(lastMs !== undefined && { lastExecutionTime: timeText(lastMs) }),
      ...(nextMs !== undefined && { nextExecutionTime: timeText(nextMs) }),
      ...(recurrence !== undefined && { recurrence }),
      workflow: { id, name: row.id, type: 'Microsoft.ProcessSimple/environments/flows' },
    },
  };
}
