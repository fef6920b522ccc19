import { equalValues, type JsonValue } from '@patchbay/expression';
import { member } from '../plan/json.ts';
import { apiId } from './api-name.ts';
import {
  parameterValue,
  type VariableParameter,
  variableOfParameter,
  variableParameters,
  variableText,
  variableTypes,
} from './environment-variables.ts';
import type { EnvironmentVariable, FlowDocument, FlowFile } from './flow-document.ts';
import { stableGuid } from './stable-guid.ts';
import { solutionReferences } from './write-connections.ts';
import { type FormWriter, fileName, jsonFile, keptDialect, textFile } from './write-context.ts';
import { keptMembers, reportKept } from './write-package.ts';

const publisher = 'patchbay';

/** A solution, not managed, with one flow, its connection references and the variables of its environment. */
export const writeSolution: FormWriter = (flow, context) => {
  const variables = variablesOf(flow);
  const isVariable = new Set(variables.flatMap(({ value, parameter }) => (value === undefined ? [] : [parameter])));
  const others = Object.entries(flow.parameters).filter(([name]) => !isVariable.has(name));
  const rest: FlowDocument = { ...flow, parameters: Object.fromEntries(others) };
  reportKept(rest, context, ['kind']);
  const id = flow.id ?? stableGuid('flow', flow.name);
  const path = `Workflows/${fileName(flow.name).replaceAll(/[ _-]/g, '')}-${id.toUpperCase()}.json`;
  return [
    textFile('[Content_Types].xml', contentTypes),
    textFile('solution.xml', solutionXml(flow, id, variables)),
    textFile('customizations.xml', customizationsXml(flow, id, path)),
    jsonFile(path, {
      properties: {
        connectionReferences: solutionReferences(flow.connections),
        ...keptMembers(rest),
        ...keptDialect(context),
        definition: flow.definition,
        templateName: '',
      },
      schemaVersion: '1.0.0.0',
    }),
    ...variables.flatMap(variableFiles),
  ];
};

type WrittenVariable = EnvironmentVariable & {
  readonly parameter: string;
  readonly defaultText?: string;
  readonly value?: string;
};

function variablesOf({ definition, parameters, environmentVariables }: FlowDocument): readonly WrittenVariable[] {
  return variableParameters(definition).map((parameter): WrittenVariable => {
    const known = environmentVariables.find(
      ({ schemaName }) => schemaName.toLowerCase() === parameter.schemaName.toLowerCase(),
    );
    const usual = member(parameter.declared, 'defaultValue');
    const value = Object.hasOwn(parameters, parameter.name) ? parameters[parameter.name] : undefined;
    return {
      ...(known ?? variableOfParameter(parameter)),
      parameter: parameter.name,
      ...(usual !== undefined && usual !== null && { defaultText: variableText(usual) }),
      ...(value !== undefined && isToldByVariable(parameter, value) && { value: variableText(value) }),
    };
  });
}

/** Variables hold texts, of which the parameter's type makes values again; not every value comes back. */
function isToldByVariable(parameter: VariableParameter, value: JsonValue): boolean {
  const variable = { ...variableOfParameter(parameter), value: variableText(value) };
  const read = parameterValue(parameter, variable);
  return read !== undefined && equalValues(read, value);
}

function variableFiles(variable: WrittenVariable): readonly FlowFile[] {
  const { schemaName, displayName, description, type, defaultText, value } = variable;
  const folder = `environmentvariabledefinitions/${fileName(schemaName)}`;
  const code = Object.entries(variableTypes).find(([, one]) => one === type)?.[0] ?? '100000000';
  const xml = [
    `<environmentvariabledefinition schemaname=${quoted(schemaName)}>`,
    ...(defaultText === undefined ? [] : [`  <defaultvalue>${escaped(defaultText)}</defaultvalue>`]),
    ...(description === undefined ? [] : labelled('description', description)),
    ...labelled('displayname', displayName),
    '  <introducedversion>1.0.0.0</introducedversion>',
    '  <iscustomizable>1</iscustomizable>',
    '  <isrequired>0</isrequired>',
    '  <secretstore>0</secretstore>',
    `  <type>${code}</type>`,
    '</environmentvariabledefinition>',
  ];
  const values = {
    environmentvariablevalues: {
      environmentvariablevalue: {
        '@environmentvariablevalueid': stableGuid('value', schemaName),
        iscustomizable: '1',
        value: value ?? '',
      },
    },
  };
  return [
    textFile(`${folder}/environmentvariabledefinition.xml`, lines(xml)),
    ...(value === undefined ? [] : [jsonFile(`${folder}/environmentvariablevalues.json`, values)]),
  ];
}

function labelled(name: string, text: string): readonly string[] {
  return [
    `  <${name} default=${quoted(text)}>`,
    `    <label description=${quoted(text)} languagecode="1033" />`,
    `  </${name}>`,
  ];
}

const contentTypes = lines([
  '<?xml version="1.0" encoding="utf-8"?>',
  '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">',
  '  <Default Extension="xml" ContentType="application/octet-stream" />',
  '  <Default Extension="json" ContentType="application/octet-stream" />',
  '</Types>',
]);

/** Component types of solutions: 29 is a workflow, 380 the definition of a variable. */
function solutionXml(flow: FlowDocument, id: string, variables: readonly WrittenVariable[]): string {
  const name = fileName(flow.name).replaceAll(/[^A-Za-z0-9_]/g, '') || 'Flow';
  return lines([
    '<?xml version="1.0" encoding="utf-8"?>',
    '<ImportExportXml version="9.2.0.0" SolutionPackageVersion="9.2" languagecode="1033" generatedBy="Patchbay" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    '  <SolutionManifest>',
    `    <UniqueName>${escaped(name)}</UniqueName>`,
    '    <LocalizedNames>',
    `      <LocalizedName description=${quoted(flow.name)} languagecode="1033" />`,
    '    </LocalizedNames>',
    '    <Descriptions />',
    '    <Version>1.0.0.0</Version>',
    '    <Managed>0</Managed>',
    '    <Publisher>',
    `      <UniqueName>${publisher}</UniqueName>`,
    '      <LocalizedNames>',
    `        <LocalizedName description="${publisher}" languagecode="1033" />`,
    '      </LocalizedNames>',
    '      <Descriptions />',
    '      <EMailAddress xsi:nil="true"></EMailAddress>',
    '      <SupportingWebsiteUrl xsi:nil="true"></SupportingWebsiteUrl>',
    `      <CustomizationPrefix>${publisher.slice(0, 8)}</CustomizationPrefix>`,
    '      <CustomizationOptionValuePrefix>10000</CustomizationOptionValuePrefix>',
    '      <Addresses />',
    '    </Publisher>',
    '    <RootComponents>',
    `      <RootComponent type="29" id="{${id}}" behavior="0" />`,
    ...variables.map(
      ({ schemaName }) => `      <RootComponent type="380" schemaName=${quoted(schemaName)} behavior="0" />`,
    ),
    '    </RootComponents>',
    '    <MissingDependencies />',
    '  </SolutionManifest>',
    '</ImportExportXml>',
  ]);
}

function customizationsXml(flow: FlowDocument, id: string, path: string): string {
  return lines([
    '<?xml version="1.0" encoding="utf-8"?>',
    '<ImportExportXml xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">',
    '  <Entities />',
    '  <Roles />',
    '  <Workflows>',
    `    <Workflow WorkflowId="{${id}}" Name=${quoted(flow.name)}>`,
    `      <JsonFileName>${escaped(`/${path}`)}</JsonFileName>`,
    '      <Type>1</Type>',
    '      <Subprocess>0</Subprocess>',
    '      <Category>5</Category>',
    '      <Mode>0</Mode>',
    '      <Scope>4</Scope>',
    '      <OnDemand>0</OnDemand>',
    '      <TriggerOnCreate>0</TriggerOnCreate>',
    '      <TriggerOnDelete>0</TriggerOnDelete>',
    '      <AsyncAutodelete>0</AsyncAutodelete>',
    '      <SyncWorkflowLogOnFailure>0</SyncWorkflowLogOnFailure>',
    '      <StateCode>1</StateCode>',
    '      <StatusCode>2</StatusCode>',
    '      <RunAs>1</RunAs>',
    '      <IsTransacted>1</IsTransacted>',
    '      <IntroducedVersion>1.0.0.0</IntroducedVersion>',
    '      <IsCustomizable>1</IsCustomizable>',
    '      <BusinessProcessType>0</BusinessProcessType>',
    '      <IsCustomProcessingStepAllowedForOtherPublishers>1</IsCustomProcessingStepAllowedForOtherPublishers>',
    '      <PrimaryEntity>none</PrimaryEntity>',
    '      <LocalizedNames>',
    `        <LocalizedName languagecode="1033" description=${quoted(flow.name)} />`,
    '      </LocalizedNames>',
    '    </Workflow>',
    '  </Workflows>',
    '  <FieldSecurityProfiles />',
    '  <Templates />',
    '  <EntityMaps />',
    '  <EntityRelationships />',
    '  <OrganizationSettings />',
    '  <optionsets />',
    '  <CustomControls />',
    '  <EntityDataProviders />',
    '  <connectionreferences>',
    ...connectionReferences(flow),
    '  </connectionreferences>',
    '  <Languages>',
    '    <Language>1033</Language>',
    '  </Languages>',
    '</ImportExportXml>',
  ]);
}

function connectionReferences({ connections }: FlowDocument): readonly string[] {
  const named = new Map(
    Object.values(connections).flatMap(({ logicalName, api }) =>
      logicalName === undefined ? [] : [[logicalName, api]],
    ),
  );
  return [...named].flatMap(([logicalName, api]) => [
    `    <connectionreference connectionreferencelogicalname=${quoted(logicalName)}>`,
    `      <connectionreferencedisplayname>${escaped(logicalName)}</connectionreferencedisplayname>`,
    `      <connectorid>${escaped(apiId(api))}</connectorid>`,
    '      <iscustomizable>1</iscustomizable>',
    '      <promptingbehavior>0</promptingbehavior>',
    '      <statecode>0</statecode>',
    '      <statuscode>1</statuscode>',
    '    </connectionreference>',
  ]);
}

function lines(all: readonly string[]): string {
  return `${all.join('\n')}\n`;
}

/** Text of XML; characters that XML 1.0 does not have are left out. */
function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, '')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('\r', '&#13;');
}

function quoted(text: string): string {
  return `"${escaped(text).replaceAll('"', '&quot;').replaceAll('\n', '&#10;').replaceAll('\t', '&#9;')}"`;
}
