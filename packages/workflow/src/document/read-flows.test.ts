import type { JsonValue } from '@patchbay/expression';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { FlowFile } from './flow-document.ts';
import { readFlows } from './read-flows.ts';
import { runnableFlow } from './read-workflow-file.ts';

const definition = { triggers: { manual: { type: 'Request' } }, actions: { A: { type: 'Compose', inputs: 1 } } };

function files(given: { readonly [name: string]: JsonValue }): readonly FlowFile[] {
  return Object.entries(given).map(([name, value]) =>
    name.endsWith('.json') ? { kind: 'json', name, root: value } : { kind: 'text', name, text: String(value) },
  );
}

/** The flows without what they share with all others. */
function read(given: { readonly [name: string]: JsonValue }) {
  const { flows, findings } = readFlows(files(given));
  return {
    flows: flows.map((flow) => Object.fromEntries(Object.entries(flow).filter(([, part]) => !isEmpty(part)))),
    findings: findings.map(
      ({ code, severity, file, pointer, message }) => `${severity} ${code} ${file}${pointer}: ${message}`,
    ),
  };
}

function isEmpty(part: unknown): boolean {
  return typeof part === 'object' && part !== null && Object.keys(part).length === 0;
}

it('reads a bare definition', () => {
  expect(read({ 'flows/Do it.json': definition })).toEqual({
    flows: [{ name: 'Do it', definition, place: { file: 'flows/Do it.json', pointer: '' } }],
    findings: [],
  });
});

it('reads a definition with what belongs to it', () => {
  const document = {
    displayName: 'Orders',
    definition,
    parameters: {
      a: { value: [1] },
      b: 'plain',
      c: { type: 'String' },
      $connections: { value: { x: { connectionId: '/c/sql-1', connectionName: 'sql-1', id: '/m/managedApis/sql' } } },
    },
    connectionReferences: {
      y: {
        connectionName: 'shared-mail',
        source: 'Invoker',
        id: '/providers/Microsoft.PowerApps/apis/shared_mail',
        tier: 'NotSpecified',
      },
    },
  };
  expect(read({ 'a.json': document })).toEqual({
    flows: [
      {
        name: 'Orders',
        definition,
        parameters: { a: [1], b: 'plain' },
        connections: {
          x: { kind: 'managedApi', api: '/m/managedApis/sql', connection: '/c/sql-1', source: 'embedded', further: {} },
          y: { kind: 'managedApi', api: 'shared_mail', connection: 'shared-mail', source: 'invoker', further: {} },
        },
        place: { file: 'a.json', pointer: '/definition' },
      },
    ],
    findings: [],
  });
});

it('reads every workflow of a template and of templates within it, with its parameters filled in', () => {
  const resource = (name: string, value: JsonValue, change: JsonValue = {}): JsonValue => ({
    type: 'Microsoft.Logic/workflows',
    name,
    location: '[resourceGroup().location]',
    properties: {
      definition: { ...definition, outputs: { o: { type: 'String', value } } },
      parameters: {
        $connections: {
          value: {
            sql: {
              connectionId: "[resourceId('Microsoft.Web/connections', variables('connection'))]",
              connectionName: "[variables('connection')]",
              id: "[concat('/subscriptions/', subscription().subscriptionId, '/managedApis/sql')]",
            },
          },
        },
        url: { value: "[parameters('url')]" },
        secret: { reference: { keyVault: { id: 'k' }, secretName: 's' } },
        lost: { value: "[reference('other').url]" },
      },
    },
    ...(change as object),
  });
  const template: JsonValue = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',
    parameters: { prefix: { defaultValue: 'one' }, url: { type: 'string' } },
    variables: { connection: "[concat(parameters('prefix'), '-sql')]" },
    resources: [
      { type: 'Microsoft.Web/connections', name: 'x' },
      resource("[concat(parameters('prefix'), '-flow')]", '[[no expression]'),
      {
        type: 'Microsoft.Resources/deployments',
        properties: {
          expressionEvaluationOptions: { scope: 'inner' },
          parameters: { inner: { value: "[parameters('prefix')]" } },
          template: {
            parameters: { inner: {}, url: { defaultValue: 'https://inner' } },
            variables: { connection: 'c' },
            resources: { w: resource("[parameters('inner')]", '[newGuid()]', { copy: { name: 'all', count: 3 } }) },
          },
        },
      },
    ],
  };
  const parameters: JsonValue = {
    $schema: 'https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#',
    parameters: { url: { value: 'https://given' } },
  };
  const found = read({ 'azuredeploy.json': template, 'azuredeploy.parameters.json': parameters });
  const outer = '/resources/1/properties';
  const inner = '/resources/2/properties/template/resources/w';
  const connection = (name: string) => ({
    sql: {
      kind: 'managedApi',
      api: '/subscriptions/00000000-0000-0000-0000-000000000000/managedApis/sql',
      connection: `/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/default/providers/Microsoft.Web/connections/${name}`,
      source: 'embedded',
      further: {},
    },
  });
  expect(found).toEqual({
    flows: [
      {
        name: 'one-flow',
        dialect: 'consumption',
        definition: { ...definition, outputs: { o: { type: 'String', value: '[no expression]' } } },
        parameters: { url: 'https://given' },
        connections: connection('one-sql'),
        place: { file: 'azuredeploy.json', pointer: `${outer}/definition` },
      },
      {
        name: 'one',
        dialect: 'consumption',
        definition: { ...definition, outputs: { o: { type: 'String', value: '[newGuid()]' } } },
        parameters: { url: 'https://inner' },
        connections: connection('c'),
        place: { file: 'azuredeploy.json', pointer: `${inner}/properties/definition` },
      },
    ],
    findings: [
      `warning template-parameter-left-out azuredeploy.json${outer}/parameters/secret: The parameter "secret" gets no value: it is in a key vault.`,
      `warning template-parameter-left-out azuredeploy.json${outer}/parameters/lost: The parameter "lost" gets no value: reference() has no value before the template is deployed.`,
      `warning template-copied-once azuredeploy.json${inner}: The resource is deployed several times (3); it is read once, as the first.`,
      `warning template-expression-unresolved azuredeploy.json${inner}/properties/definition/outputs/o/value: The template expression [newGuid()] is left as it stands: newGuid() has no value before the template is deployed.`,
      `warning template-parameter-left-out azuredeploy.json${inner}/properties/parameters/secret: The parameter "secret" gets no value: it is in a key vault.`,
      `warning template-parameter-left-out azuredeploy.json${inner}/properties/parameters/lost: The parameter "lost" gets no value: reference() has no value before the template is deployed.`,
      'info template-deployment-assumed azuredeploy.json: The template asks where it is deployed. Taken are the subscription 00000000-0000-0000-0000-000000000000, the resource group "default" and the location "westeurope".',
    ],
  });
});

const project: { readonly [name: string]: JsonValue } = {
  'host.json': { version: '2.0' },
  'connections.json': {
    managedApiConnections: {
      mail: {
        api: { id: '/s/managedApis/office365' },
        connection: { id: '/s/connections/mail' },
        connectionRuntimeUrl: 'https://r',
        authentication: { type: 'ManagedServiceIdentity' },
      },
    },
    serviceProviderConnections: {
      bus: {
        serviceProvider: { id: '/serviceProviders/serviceBus' },
        parameterValues: { connectionString: "@appsetting('bus')" },
        displayName: 'Bus',
      },
    },
    functionConnections: { f: { function: { id: '/sites/app/functions/f' }, triggerUrl: 'https://f' } },
    apiManagementConnections: { m: { apiId: '/service/s/apis/a', baseUrl: 'https://m' } },
  },
  'parameters.json': {
    url: { type: 'String', value: "https://@{appsetting('host')}/x" },
    n: { type: 'Int', value: 3 },
    other: { type: 'String', value: "@appsetting('unset')" },
  },
  'local.settings.json': { IsEncrypted: false, Values: { host: 'local', bus: 'Endpoint=x' } },
  'Orders/workflow.json': { definition, kind: 'Stateless' },
  'Second/workflow.json': { definition, kind: 'Stateful' },
};

it('reads the workflows of a Standard project with its connections, parameters and settings', () => {
  const { flows, findings } = read(project);
  expect([flows[0], flows.map(({ name, kind, dialect }) => [name, kind, dialect]), findings]).toEqual([
    {
      name: 'Orders',
      definition,
      kind: 'Stateless',
      dialect: 'standardStateless',
      parameters: { url: "https://@{appsetting('host')}/x", n: 3, other: "@appsetting('unset')" },
      connections: {
        mail: {
          kind: 'managedApi',
          api: '/s/managedApis/office365',
          connection: '/s/connections/mail',
          source: 'embedded',
          further: { connectionRuntimeUrl: 'https://r', authentication: { type: 'ManagedServiceIdentity' } },
        },
        bus: {
          kind: 'serviceProvider',
          api: '/serviceProviders/serviceBus',
          connection: '',
          source: 'embedded',
          further: { parameterValues: { connectionString: "@appsetting('bus')" }, displayName: 'Bus' },
        },
        f: {
          kind: 'function',
          api: '/sites/app/functions/f',
          connection: '',
          source: 'embedded',
          further: { triggerUrl: 'https://f' },
        },
        m: {
          kind: 'apiManagement',
          api: '/service/s/apis/a',
          connection: '',
          source: 'embedded',
          further: { baseUrl: 'https://m' },
        },
      },
      appSettings: { host: 'local', bus: 'Endpoint=x' },
      place: { file: 'Orders/workflow.json', pointer: '/definition' },
    },
    [
      ['Orders', 'Stateless', 'standardStateless'],
      ['Second', 'Stateful', 'standard'],
    ],
    [],
  ]);
});

it('reads a flow package by its definition', () => {
  const id = '4f0f6e6c-1111-4222-8333-444455556666';
  const found = read({
    'manifest.json': { schema: '1.0', resources: {} },
    [`Microsoft.Flow/flows/${id}/definition.json`]: {
      name: id,
      type: 'Microsoft.Flow/flows',
      properties: {
        displayName: 'Approve',
        definition,
        connectionReferences: {
          shared_mail: {
            connectionName: 'shared-mail-1',
            source: 'Embedded',
            id: '/providers/Microsoft.PowerApps/apis/shared_mail',
            tier: 'Premium',
          },
        },
      },
    },
    [`Microsoft.Flow/flows/${id}/apisMap.json`]: { shared_mail: 'x' },
    [`Microsoft.Flow/flows/${id}/connectionsMap.json`]: { shared_mail: 'y' },
  });
  expect(found).toEqual({
    flows: [
      {
        name: 'Approve',
        id,
        dialect: 'powerAutomate',
        definition,
        connections: {
          shared_mail: {
            kind: 'managedApi',
            api: 'shared_mail',
            connection: 'shared-mail-1',
            source: 'embedded',
            further: { tier: 'Premium' },
          },
        },
        place: { file: `Microsoft.Flow/flows/${id}/definition.json`, pointer: '/properties/definition' },
      },
    ],
    findings: [],
  });
});

const declared = {
  ...definition,
  parameters: {
    'Service address (new_Url)': { type: 'String', defaultValue: 'https://old', metadata: { schemaName: 'new_Url' } },
    'Limit (new_Limit)': { type: 'Int', defaultValue: 5, metadata: { schemaName: 'new_Limit' } },
    'Key (new_Key)': { type: 'String', defaultValue: 'same', metadata: { schemaName: 'new_Key' } },
  },
};

it('reads the flows of a solution with their names, connection references and variables', () => {
  const variable = (name: string, inner: string): string =>
    `<environmentvariabledefinition schemaname="${name}">${inner}</environmentvariabledefinition>`;
  const found = read({
    'src/Other/Customizations.xml':
      '<ImportExportXml><Workflows><Workflow WorkflowId="{AAAAAAAA-1111-4222-8333-444455556666}" Name="Approve: all"/></Workflows></ImportExportXml>',
    'src/Workflows/Approveall-AAAAAAAA-1111-4222-8333-444455556666.json': {
      properties: {
        definition: declared,
        connectionReferences: {
          shared_mail: {
            runtimeSource: 'invoker',
            connection: { connectionReferenceLogicalName: 'new_mail' },
            api: { name: 'shared_mail' },
            impersonation: {},
          },
        },
      },
      schemaVersion: '1.0.0.0',
    },
    'src/Workflows/Named-BBBBBBBB-1111-4222-8333-444455556666.json': {
      properties: { definition, connectionReferences: {} },
    },
    'src/Workflows/Named-BBBBBBBB-1111-4222-8333-444455556666.json.data.xml':
      '<Workflow WorkflowId="{bbbbbbbb-1111-4222-8333-444455556666}" Name="Of its own file"/>',
    'src/Workflows/Design.json': { other: true },
    'src/environmentvariabledefinitions/new_Url/environmentvariabledefinition.xml': variable(
      'new_Url',
      '<defaultvalue>https://new</defaultvalue><displayname default="Service address"/><type>100000000</type>',
    ),
    'src/environmentvariabledefinitions/new_Limit/environmentvariabledefinition.xml': variable(
      'new_Limit',
      '<displayname default="Limit"/><defaultvalue>7</defaultvalue><type>100000001</type>',
    ),
    'src/environmentvariabledefinitions/new_Limit/environmentvariablevalues.json': {
      environmentvariablevalues: { environmentvariablevalue: { '@environmentvariablevalueid': 'x', value: '9' } },
    },
    'src/environmentvariabledefinitions/new_Key/environmentvariabledefinition.xml': variable(
      'new_Key',
      '<displayname default="Key"/><defaultvalue>same</defaultvalue><type>100000005</type>',
    ),
  });
  expect(found).toEqual({
    flows: [
      {
        name: 'Approve: all',
        id: 'AAAAAAAA-1111-4222-8333-444455556666',
        dialect: 'powerAutomate',
        definition: declared,
        parameters: { 'Service address (new_Url)': 'https://new', 'Limit (new_Limit)': 9 },
        connections: {
          shared_mail: {
            kind: 'managedApi',
            api: 'shared_mail',
            connection: '',
            logicalName: 'new_mail',
            source: 'invoker',
            further: { impersonation: {} },
          },
        },
        environmentVariables: [{ schemaName: 'new_Key', displayName: 'Key', type: 'secret' }],
        place: {
          file: 'src/Workflows/Approveall-AAAAAAAA-1111-4222-8333-444455556666.json',
          pointer: '/properties/definition',
        },
      },
      {
        name: 'Of its own file',
        id: 'BBBBBBBB-1111-4222-8333-444455556666',
        dialect: 'powerAutomate',
        definition,
        place: {
          file: 'src/Workflows/Named-BBBBBBBB-1111-4222-8333-444455556666.json',
          pointer: '/properties/definition',
        },
      },
    ],
    findings: [],
  });
});

it('passes over XML that is none, has a document type or nests too deep', () => {
  const flow = { properties: { definition: declared, connectionReferences: {} } };
  for (const xml of ['<a', '<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', '<a>'.repeat(100_000)]) {
    const { flows, findings } = readFlows(
      files({ 'Workflows/A.json': flow, 'customizations.xml': xml, 'e/environmentvariabledefinition.xml': xml }),
    );
    expect([flows.length, findings]).toEqual([1, []]);
  }
});

it('reads definitions that a template keeps in parameters and variables', () => {
  const template: JsonValue = {
    parameters: { flow: { type: 'object', defaultValue: definition }, prefix: { defaultValue: 'my' } },
    variables: {
      properties: { definition, parameters: { url: { value: "[concat('https://', parameters('prefix'))]" } } },
    },
    resources: [
      { type: 'Microsoft.Logic/workflows', name: 'one', properties: { definition: "[parameters('flow')]" } },
      { type: 'Microsoft.Logic/workflows', name: 'two', properties: "[variables('properties')]" },
      {
        type: 'Microsoft.Logic/workflows',
        name: 'three',
        properties: { definition: "[reference('other').definition]" },
      },
    ],
  };
  expect(read({ 'main.json': template })).toEqual({
    flows: [
      {
        name: 'one',
        dialect: 'consumption',
        definition,
        place: { file: 'main.json', pointer: '/resources/0/properties/definition' },
      },
      {
        name: 'two',
        dialect: 'consumption',
        definition,
        parameters: { url: 'https://my' },
        place: { file: 'main.json', pointer: '/resources/1/properties/definition' },
      },
    ],
    findings: [
      "warning template-expression-unresolved main.json/resources/2/properties/definition: The template expression [reference('other').definition] is left as it stands: reference() has no value before the template is deployed.",
    ],
  });
});

it('reads lists of resources', () => {
  const resource = (name: string): JsonValue => ({
    name,
    type: 'Microsoft.Logic/workflows',
    properties: { definition, parameters: { n: { value: name } } },
  });
  const flow = (name: string, pointer: string) => ({
    name,
    dialect: 'consumption',
    definition,
    parameters: { n: name },
    place: { file: 'list.json', pointer: `${pointer}/properties/definition` },
  });
  expect(read({ 'list.json': { value: [resource('a'), { name: 'none' }, resource('b')] } })).toEqual({
    flows: [flow('a', '/value/0'), flow('b', '/value/2')],
    findings: [],
  });
  expect(read({ 'list.json': [resource('a')] })).toEqual({ flows: [flow('a', '/0')], findings: [] });
});

it('reads rows of Dataverse, which hold their flow as text', () => {
  const clientdata = JSON.stringify({
    properties: {
      connectionReferences: {
        shared_sql: { connection: { connectionReferenceLogicalName: 'new_sql' }, api: { name: 'shared_sql' } },
      },
      definition,
    },
    schemaVersion: '1.0.0.0',
  });
  const id = '6b2e1a70-0000-4000-8000-000000000001';
  const row = { workflowid: `{${id}}`, name: 'Loans', category: 5, clientdata };
  const flow = {
    name: 'Loans',
    id,
    dialect: 'powerAutomate',
    definition,
    connections: {
      shared_sql: {
        kind: 'managedApi',
        api: 'shared_sql',
        connection: '',
        logicalName: 'new_sql',
        source: 'embedded',
        further: {},
      },
    },
    place: { file: 'row.json', pointer: '/clientdata/properties/definition' },
  };
  expect(read({ 'row.json': row })).toEqual({ flows: [flow], findings: [] });
  const bad = { ...row, clientdata: '{"properties":' };
  const deep = { ...row, clientdata: `${'['.repeat(1000)}${']'.repeat(1000)}` };
  expect(read({ 'row.json': { value: [row, bad, deep, { name: 'classic', xaml: '<x/>' }] } })).toEqual({
    flows: [{ ...flow, place: { file: 'row.json', pointer: '/value/0/clientdata/properties/definition' } }],
    findings: [
      'error clientdata-unreadable row.json/value/1/clientdata: The clientdata of the row is no JSON, so its flow is not read: Unexpected end of JSON input.',
      'error document-too-deep row.json/value/2/clientdata: The document nests more than 500 levels deep, so it is not read.',
    ],
  });
});

it('says when there is no flow', () => {
  expect(read({ 'a.json': { some: 'thing' }, 'b.xml': '<a/>' })).toEqual({
    flows: [],
    findings: [
      'error definition-missing a.json: This is no workflow: it holds no definition with triggers and actions. Give a definition, {"definition": …}, an ARM resource, a Standard project, a flow package or a solution.',
    ],
  });
});

it('does not read what nests too deep', () => {
  let inner: JsonValue = definition;
  for (let depth = 0; depth < 20_000; depth++) inner = { a: inner };
  expect(read({ 'a.json': { definition: inner } }).findings).toEqual([
    'error document-too-deep a.json: The document nests more than 500 levels deep, so it is not read.',
  ]);
});

it('fills settings of the project into what runs', () => {
  const [flow] = readFlows(files(project)).flows;
  expect(flow && runnableFlow(flow)).toEqual({
    definition,
    parameters: { url: 'https://local/x', n: 3, other: "@appsetting('unset')" },
    connectionReferences: {
      mail: { connectorName: 'office365', connectionName: 'mail' },
      bus: { connectorName: 'serviceBus', connectionName: '' },
      f: { connectorName: 'f', connectionName: '' },
      m: { connectorName: 'a', connectionName: '' },
    },
    kind: 'Stateless',
    displayName: 'Orders',
    dialect: 'standardStateless',
    appSettings: { host: 'local', bus: 'Endpoint=x' },
  });
});

it('reads any JSON without failing', () => {
  const key = fc.constantFrom(
    'definition',
    'properties',
    'resources',
    'parameters',
    'type',
    'triggers',
    'actions',
    'connectionReferences',
    '$connections',
    'value',
    'connection',
    'api',
    'template',
    'kind',
    'copy',
    'variables',
    'clientdata',
    '__proto__',
    'x',
  );
  const text = fc.constantFrom(
    'Microsoft.Logic/workflows',
    'Microsoft.Resources/deployments',
    "[parameters('x')]",
    "[variables('definition')]",
    '[',
    'Stateless',
    '{"properties":{"definition":{"triggers":{},"actions":{}}}}',
    '',
  );
  const { document } = fc.letrec((tie) => ({
    document: fc.oneof(
      { maxDepth: 6, depthSize: 'small' },
      text,
      fc.dictionary(key, tie('document')),
      fc.array(tie('document'), { maxLength: 3 }),
      fc.integer(),
      fc.constant(null),
      fc.boolean(),
    ),
  }));
  const name = fc.constantFrom(
    'a.json',
    'workflow.json',
    'Workflows/a.json',
    'connections.json',
    'parameters.json',
    'local.settings.json',
    'e/environmentvariablevalues.json',
  );
  fc.assert(
    fc.property(fc.dictionary(name, document as fc.Arbitrary<JsonValue>), (given) => {
      const { flows, findings } = readFlows(files(given));
      expect(flows.length + findings.length).toBeGreaterThan(0);
    }),
    { seed: 21, numRuns: 2_000 },
  );
});
