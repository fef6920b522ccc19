import type { JsonObject } from '../plan/json.ts';
import { member } from '../plan/json.ts';
import type { FlowDocument } from './flow-document.ts';
import { escapeTemplate } from './template/escape-template.ts';
import { connectionsValue, keptOfConnections, solutionReferences } from './write-connections.ts';
import {
  type FormWriter,
  fileName,
  jsonFile,
  keptDialect,
  reportSettings,
  reportVariables,
  valuesOf,
  type WriteContext,
} from './write-context.ts';

/** The definition and nothing else. */
export const writeDefinition: FormWriter = (flow, context) => {
  for (const name of Object.keys(flow.parameters)) {
    context.report('not-carried', { what: `the value of the parameter "${name}"` });
  }
  for (const name of Object.keys(flow.connections)) {
    context.report('not-carried', { what: `the connection "${name}"` });
  }
  if (flow.kind !== undefined) context.report('not-carried', { what: `its kind, ${flow.kind}` });
  reportVariables(flow, context);
  reportSettings(flow, context);
  return [jsonFile(`${fileName(flow.name)}.json`, flow.definition)];
};

/** `{definition, kind?, displayName, parameters?, connectionReferences?}`: all of a flow that this platform's surface takes. */
export const writeWrapped: FormWriter = (flow, context) => {
  reportVariables(flow, context);
  reportSettings(flow, context);
  return [
    jsonFile(`${fileName(flow.name)}.json`, {
      displayName: flow.name,
      ...(flow.kind !== undefined && { kind: flow.kind }),
      ...keptDialect(context),
      definition: flow.definition,
      ...some('parameters', valuesOf(flow.parameters)),
      ...some('connectionReferences', solutionReferences(flow.connections)),
    }),
  ];
};

/** A resource of Consumption, as its management surface takes and gives it. */
export const writeResource: FormWriter = (flow, context) => {
  reportOfResource(flow, context);
  return [jsonFile(`${fileName(flow.name)}.json`, resourceOf(flow, 'westeurope', context))];
};

/** An ARM template that deploys the flow. */
export const writeTemplate: FormWriter = (flow, context) => {
  reportOfResource(flow, context);
  const { name, location, ...resource } = resourceOf(flow, '', context);
  return [
    jsonFile(`${fileName(flow.name)}.json`, {
      $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
      contentVersion: '1.0.0.0',
      parameters: {
        workflowName: { type: 'string', defaultValue: escapeTemplate(name ?? '') },
        location: { type: 'string', defaultValue: '[resourceGroup().location]' },
      },
      resources: [
        {
          ...(escapeTemplate(resource) as JsonObject),
          name: "[parameters('workflowName')]",
          location: "[parameters('location')]",
        },
      ],
    }),
  ];
};

function resourceOf(flow: FlowDocument, location: string, context: WriteContext): JsonObject {
  const isDeclared = Object.keys(flow.connections).length > 0;
  return {
    type: 'Microsoft.Logic/workflows',
    apiVersion: '2019-05-01',
    name: flow.name,
    location,
    ...(flow.kind !== undefined && { kind: flow.kind }),
    ...keptDialect(context),
    properties: {
      state: 'Enabled',
      definition: flow.definition,
      parameters: {
        ...(isDeclared && { $connections: { value: connectionsValue(flow.connections) } }),
        ...valuesOf(flow.parameters),
      },
    },
  };
}

function reportOfResource(flow: FlowDocument, context: WriteContext): void {
  if (flow.kind !== undefined) context.report('kept-for-patchbay', { what: `its kind, ${flow.kind}` });
  for (const what of keptOfConnections(flow.connections, ['logicalName', 'source', 'kind'])) {
    context.report('kept-for-patchbay', { what });
  }
  const declared = member(member(flow.definition, 'parameters'), '$connections');
  if (declared === undefined && Object.keys(flow.connections).length > 0) {
    context.report('kept-for-patchbay', {
      what: 'its connections, as its definition declares no parameter "$connections"',
    });
  }
  reportVariables(flow, context);
  reportSettings(flow, context);
}

function some(name: string, value: JsonObject): JsonObject {
  return Object.keys(value).length === 0 ? {} : { [name]: value };
}
