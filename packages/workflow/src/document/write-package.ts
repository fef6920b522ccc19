import type { JsonObject } from '../plan/json.ts';
import { apiId } from './api-name.ts';
import type { FlowDocument } from './flow-document.ts';
import { stableGuid } from './stable-guid.ts';
import { keptOfConnections, packageReferences } from './write-connections.ts';
import {
  type FormWriter,
  jsonFile,
  keptDialect,
  reportSettings,
  reportVariables,
  valuesOf,
  type WriteContext,
} from './write-context.ts';

/** A package as Power Automate exports and imports single flows. */
export const writePackage: FormWriter = (flow, context) => {
  reportKept(flow, context, ['logicalName', 'kind']);
  reportVariables(flow, context);
  const id = flow.id ?? stableGuid('flow', flow.name);
  const resource = (kind: string, reference: string): string => stableGuid(kind, id, reference);
  const references = Object.keys(flow.connections);
  const map = (kind: string): JsonObject =>
    Object.fromEntries(references.map((reference) => [reference, resource(kind, reference)]));
  const folder = `Microsoft.Flow/flows/${id}`;
  return [
    jsonFile('manifest.json', manifest(flow, id, resource)),
    jsonFile('Microsoft.Flow/flows/manifest.json', {
      packageSchemaVersion: '1.0',
      flowAssets: { assetPaths: [id] },
    }),
    jsonFile(`${folder}/definition.json`, {
      name: id,
      id: `/providers/Microsoft.Flow/flows/${id}`,
      type: 'Microsoft.Flow/flows',
      properties: {
        apiId: '/providers/Microsoft.PowerApps/apis/shared_logicflows',
        displayName: flow.name,
        ...keptMembers(flow),
        ...keptDialect(context),
        definition: flow.definition,
        connectionReferences: packageReferences(flow.connections),
        flowFailureAlertSubscribed: false,
        isManaged: false,
      },
    }),
    jsonFile(`${folder}/apisMap.json`, map('api')),
    jsonFile(`${folder}/connectionsMap.json`, map('connection')),
  ];
};

/** What neither a package nor a solution has a place for, under the names that are read back. */
export function keptMembers({ kind, parameters }: FlowDocument): JsonObject {
  const values = valuesOf(parameters);
  return {
    ...(kind !== undefined && { kind }),
    ...(Object.keys(values).length > 0 && { parameters: values }),
  };
}

export function reportKept(
  flow: FlowDocument,
  context: WriteContext,
  parts: Parameters<typeof keptOfConnections>[1],
): void {
  if (flow.kind !== undefined) context.report('kept-for-patchbay', { what: `its kind, ${flow.kind}` });
  for (const name of Object.keys(flow.parameters)) {
    context.report('kept-for-patchbay', { what: `the value of the parameter "${name}"` });
  }
  for (const what of keptOfConnections(flow.connections, parts)) context.report('kept-for-patchbay', { what });
  reportSettings(flow, context);
}

function manifest(flow: FlowDocument, id: string, resource: (kind: string, reference: string) => string): JsonObject {
  const connections = Object.entries(flow.connections);
  const dependsOn = connections.flatMap(([reference]) => [
    resource('api', reference),
    resource('connection', reference),
  ]);
  return {
    schema: '1.0',
    details: {
      displayName: flow.name,
      description: '',
      createdTime: '1980-01-01T00:00:00.0000000Z',
      packageTelemetryId: stableGuid('telemetry', id),
      creator: 'N/A',
      sourceEnvironment: '',
    },
    resources: {
      [id]: {
        type: 'Microsoft.Flow/flows',
        suggestedCreationType: 'New',
        creationType: 'Existing, New, Update',
        details: { displayName: flow.name },
        configurableBy: 'User',
        hierarchy: 'Root',
        dependsOn,
      },
      ...Object.fromEntries(
        connections.flatMap(([reference, { api }]) => [
          [resource('api', reference), apiResource(api)],
          [resource('connection', reference), connectionResource(api, resource('api', reference))],
        ]),
      ),
    },
  };
}

function apiResource(api: string): JsonObject {
  return {
    id: apiId(api),
    name: api.slice(api.lastIndexOf('/') + 1),
    type: 'Microsoft.PowerApps/apis',
    suggestedCreationType: 'Existing',
    details: { displayName: api.slice(api.lastIndexOf('/') + 1) },
    configurableBy: 'System',
    hierarchy: 'Child',
    dependsOn: [],
  };
}

function connectionResource(api: string, apiResourceId: string): JsonObject {
  return {
    type: 'Microsoft.PowerApps/apis/connections',
    suggestedCreationType: 'Existing',
    creationType: 'Existing',
    details: { displayName: api.slice(api.lastIndexOf('/') + 1) },
    configurableBy: 'User',
    hierarchy: 'Child',
    dependsOn: [apiResourceId],
  };
}
