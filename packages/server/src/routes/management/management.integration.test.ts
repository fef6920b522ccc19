import { afterAll, beforeAll, expect, it } from 'vitest';
import { send } from '../../test-platform/http-client.ts';
import {
  flows,
  nameOf,
  powerApps,
  sayHello,
  startThingsPlatform,
  type ThingsPlatform,
} from '../../test-platform/start-things-platform.ts';
import { callThings, flowOf, thingsDefinition, thingsKey, thingsProperties } from '../../test-platform/things.ts';
import { answerJson } from '../../test-platform/upstream.ts';

const apis = `${powerApps}/apis`;
const notFound = (code: string, message: string) => ({ status: 404, body: { error: { code, message } } });

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform(({ target }, response) =>
    target.endsWith('/never') ? undefined : answerJson(response, 200, { target }),
  );
});
afterAll(() => server.stop());

/** The members of an answer's body. */
const bodyOf = async (method: string, path: string, body?: unknown) =>
  (await server.ask(method, path, body)).body as { readonly [name: string]: unknown };
const propertiesOf = async (path: string) =>
  (await bodyOf('GET', path))['properties'] as { readonly [name: string]: unknown };
const namesIn = async (path: string) => {
  const { body } = await server.call('GET', path);
  return (body as { readonly value: readonly { readonly name: string }[] }).value.map(({ name }) => name);
};

it('lists the environments in both namespaces, and gets one by name and as the default', async () => {
  const powerAppsList = await server.ask('GET', `${powerApps}/environments?api-version=2017-08-01`);
  expect(powerAppsList).toMatchInlineSnapshot(`
    {
      "body": {
        "value": [
          {
            "id": "/providers/Microsoft.PowerApps/environments/E",
            "location": "local",
            "name": "E",
            "properties": {
              "azureRegionHint": "local",
              "createdTime": "TIME",
              "creationType": "DefaultTenant",
              "displayName": "Development",
              "environmentSku": "Default",
              "environmentType": "Production",
              "isDefault": true,
              "lastModifiedTime": "TIME",
              "provisioningState": "Succeeded",
              "runtimeEndpoints": {
                "microsoft.ApiManagement": "http://patchbay.test",
                "microsoft.BusinessAppPlatform": "http://patchbay.test",
                "microsoft.CommonDataModel": "http://patchbay.test",
                "microsoft.Flow": "http://patchbay.test",
                "microsoft.PowerApps": "http://patchbay.test",
              },
            },
            "type": "Microsoft.PowerApps/environments",
          },
        ],
      },
      "status": 200,
    }
  `);
  const one = (powerAppsList.body as { readonly value: readonly object[] }).value[0];
  for (const name of ['~default', '~Default', server.environment.id]) {
    expect(await server.ask('GET', `${powerApps}/environments/${name}`)).toEqual({ status: 200, body: one });
  }
  const flowList = await bodyOf('GET', '/providers/Microsoft.ProcessSimple/environments?api-version=2016-11-01');
  expect(flowList).toEqual({
    value: [
      {
        ...one,
        id: '/providers/Microsoft.ProcessSimple/environments/E',
        type: 'Microsoft.ProcessSimple/environments',
      },
    ],
  });
  expect(await bodyOf('GET', '/providers/Microsoft.ProcessSimple/environments/~default')).toEqual(
    (flowList['value'] as readonly object[])[0],
  );
  expect(await server.ask('GET', `${powerApps}/environments/elsewhere`)).toEqual(
    notFound('EnvironmentNotFound', 'There is no environment "elsewhere".'),
  );
});

it('takes the segments of the address in any case, and any api-version or none', async () => {
  const expected = await server.ask('GET', server.apiId);
  const same = server.apiId.replace('Microsoft.PowerApps/apis', 'microsoft.powerapps/APIS');
  expect(await server.ask('GET', same)).toEqual(expected);
  expect(await server.ask('GET', `${server.apiId}?api-version=1`)).toEqual(expected);
});

it('creates a connector of a bare definition', async () => {
  const created = await server.call('POST', apis, {
    properties: { openApiDefinition: { ...thingsDefinition('api.test'), securityDefinitions: {}, security: [] } },
  });
  const name = nameOf(created);
  expect(created.status).toBe(201);
  expect(name).toMatch(/^shared_things-5f[0-9a-f]{16}$/);
  const { swagger, ...properties } = await propertiesOf(`${apis}/${name}`);
  expect(properties).toMatchInlineSnapshot(`
    {
      "almMode": "Environment",
      "apiDefinitions": {
        "modifiedSwaggerUrl": "http://patchbay.test/contents/apis/shared_things-5fHEX/apiDefinition.swagger.json?se=EXPIRY&sig=SIGNATURE",
        "originalSwaggerUrl": "http://patchbay.test/contents/apis/shared_things-5fHEX/apiDefinition.swagger.json?se=EXPIRY&sig=SIGNATURE",
      },
      "apiEnvironment": "Shared",
      "backendService": {
        "serviceUrl": "http://api.test/v1",
      },
      "capabilities": [],
      "changedTime": "TIME",
      "connectionParameters": {},
      "createdBy": {
        "displayName": "Administrator",
        "email": "admin@localhost",
        "id": "ADMINISTRATOR",
        "tenantId": "GUID",
        "type": "User",
        "userPrincipalName": "admin@localhost",
      },
      "createdTime": "TIME",
      "description": "Keeps things.",
      "displayName": "Things",
      "environment": {
        "id": "/providers/Microsoft.PowerApps/environments/E",
        "name": "E",
      },
      "isCustomApi": true,
      "metadata": {
        "allowSharing": false,
        "almMode": "Environment",
        "brandColor": "#007ee5",
        "contact": {},
        "environmentName": "E",
        "license": {},
        "source": "powerapps-user-defined",
      },
      "modifiedBy": {
        "displayName": "Administrator",
        "email": "admin@localhost",
        "id": "ADMINISTRATOR",
        "tenantId": "GUID",
        "type": "User",
        "userPrincipalName": "admin@localhost",
      },
      "policyTemplateInstances": [],
      "primaryRuntimeUrl": "http://patchbay.test/apim/things-5fHEX",
      "runtimeUrls": [
        "http://patchbay.test/apim/things-5fHEX",
      ],
      "tier": "Standard",
    }
  `);
  expect(swagger).toEqual({ ...thingsDefinition('api.test'), securityDefinitions: {}, security: [] });
  await server.call('DELETE', `${apis}/${name}`);
});

it('creates a connector as the connector command line does, with its definition fetched without a token', async () => {
  const openApiDefinition = thingsDefinition('api.test');
  const name = nameOf(
    await server.call(
      'POST',
      `${apis}?api-version=2016-11-01&%24filter=environment%20eq%20%27${server.environment.id}%27`,
      {
        properties: {
          ...thingsProperties,
          capabilities: ['actions'],
          publisher: 'Somebody',
          stackOwner: 'Somebody else',
          openApiDefinition,
          backendService: { serviceUrl: 'https://backend.test/base' },
          environment: { name: server.environment.id },
          displayName: 'Renamed',
          description: 'Other words.',
          scriptDefinitionUrl: '',
        },
      },
    ),
  );
  const { swagger: _swagger, ...properties } = await propertiesOf(`${apis}/${name}`);
  expect(properties).toMatchObject({
    displayName: 'Renamed',
    description: 'Other words.',
    iconBrandColor: '#2e8b57',
    publisher: 'Somebody',
    stackOwner: 'Somebody else',
    capabilities: ['actions'],
    connectionParameters: thingsProperties['connectionParameters'],
    backendService: { serviceUrl: 'https://backend.test/base' },
  });
  // Clients fetch what is named here, and die of an empty address.
  expect(Object.keys(properties).filter((key) => key === 'scriptDefinitionUrl' || key === 'iconUri')).toEqual([]);
  const { body } = await server.call('GET', `${apis}/${name}`);
  const { originalSwaggerUrl } = (
    body as { readonly properties: { readonly apiDefinitions: { readonly originalSwaggerUrl: string } } }
  ).properties.apiDefinitions;
  const path = originalSwaggerUrl.slice(server.origin.length);
  const fetched = await send(server.origin, { path });
  expect({ status: fetched.status, body: fetched.body }).toEqual({ status: 200, body: openApiDefinition });
  const refused = await send(server.origin, { path: path.replace(/se=\d/, 'se=9') });
  expect({ status: refused.status, body: refused.body }).toEqual({
    status: 401,
    body: {
      error: {
        code: 'SignatureInvalid',
        message: 'The link is not valid, or not any more. Read the connector again for a fresh one.',
      },
    },
  });
  await server.call('DELETE', `${apis}/${name}`);
  expect((await send(server.origin, { path })).status).toBe(404);
});

it('takes a connector for the environment that is named, and refuses one that is not there', async () => {
  const openApiDefinition = thingsDefinition('api.test');
  const refused = notFound('EnvironmentNotFound', 'There is no environment "elsewhere".');
  expect(
    await server.ask('POST', apis, { properties: { openApiDefinition, environment: { name: 'elsewhere' } } }),
  ).toEqual(refused);
  const filter = `$filter=${encodeURIComponent("environment eq 'elsewhere'")}`;
  expect(await server.ask('POST', `${apis}?${filter}`, { properties: { openApiDefinition } })).toEqual(refused);
  expect(await server.ask('GET', `${apis}?${filter}`)).toEqual(refused);
  expect(await server.ask('POST', apis, { properties: {} })).toEqual({
    status: 400,
    body: { error: { code: 'InvalidRequest', message: 'Send the definition as properties.openApiDefinition.' } },
  });
});

it('lists connectors however a client writes the filter', async () => {
  const all = await namesIn(apis);
  expect(all).toEqual([server.connector]);
  const { id } = server.environment;
  for (const query of [
    `%24filter=environment%20eq%20%27${id}%27`,
    `$filter=environment%20eq%20%27${id}%27%20and%20IsCustomApi%20eq%20%27True%27`,
    `showApisWithToS=true?&$expand=permissions($filter=maxAssignedTo('x'))&$filter=environment%20eq%20'~default'`,
  ]) {
    expect(await namesIn(`${apis}?${query}`)).toEqual(all);
  }
  const { value } = (await bodyOf('GET', apis)) as { readonly value: readonly { readonly properties: object }[] };
  const { swagger: _swagger, ...properties } = await propertiesOf(server.apiId);
  expect(value.map((one) => one.properties)).toEqual([properties]);
});

it('changes of a connector what is sent, and keeps the rest', async () => {
  const name = nameOf(
    await server.call('POST', apis, {
      properties: { ...thingsProperties, openApiDefinition: thingsDefinition('api.test') },
    }),
  );
  const before = await propertiesOf(`${apis}/${name}`);
  const paths = { '/other': { get: { operationId: 'Other', responses: { 200: { description: 'Good.' } } } } };
  const openApiDefinition = { ...thingsDefinition('api.test'), paths };
  const answer = await server.ask('PATCH', `${apis}/${name}`, { properties: { openApiDefinition } });
  expect(answer.status).toBe(200);
  expect(await propertiesOf(`${apis}/${name}`)).toEqual({ ...before, swagger: openApiDefinition });
  await server.ask('PATCH', `${apis}/${name}`, { properties: { displayName: 'Other', iconBrandColor: '#000000' } });
  expect(await propertiesOf(`${apis}/${name}`)).toMatchObject({
    displayName: 'Other',
    iconBrandColor: '#000000',
    description: before['description'],
    swagger: openApiDefinition,
  });
  const { operations } = await bodyOf('GET', `/api/connectors/${name}/operations`);
  expect(operations).toMatchObject([{ operationId: 'Other' }]);
  await server.call('DELETE', `${apis}/${name}`);
});

it('never gives back a client secret of a connector', async () => {
  const secret = 'client-secret-8f31';
  const token = (clientSecret?: string) => ({
    token: { type: 'oauthSetting', oAuthSettings: { clientId: 'me', ...(clientSecret && { clientSecret }) } },
  });
  const connectionParameterSets = {
    uiDefinition: { displayName: 'Way', description: '' },
    values: [{ name: 'one', parameters: token(secret) }],
  };
  const created = await server.call('POST', apis, {
    properties: {
      connectionParameters: token(secret),
      connectionParameterSets,
      openApiDefinition: thingsDefinition('api.test'),
    },
  });
  const name = nameOf(created);
  const read = await server.call('GET', `${apis}/${name}`);
  expect([created, read].filter((answer) => answer.bytes.includes(secret))).toEqual([]);
  const settings = {
    clientId: 'me',
    redirectMode: 'GlobalPerConnector',
    redirectUrl: 'http://patchbay.test/oauth/redirect/things-5fHEX',
  };
  expect((await propertiesOf(`${apis}/${name}`))['connectionParameters']).toEqual({
    token: { type: 'oauthSetting', oAuthSettings: settings },
  });
  await server.call('DELETE', `${apis}/${name}`);
});

it('deletes a connector with its connections, once', async () => {
  const name = nameOf(
    await server.call('POST', apis, {
      properties: { ...thingsProperties, openApiDefinition: thingsDefinition('api.test') },
    }),
  );
  await server.call('PUT', `${apis}/${name}/connections/gone`, { properties: { connectionParameters: {} } });
  expect(await server.ask('DELETE', `${apis}/${name}`)).toEqual({ status: 200, body: '' });
  const missing = notFound('ApiNotFound', 'There is no connector "shared_things-5fHEX".');
  expect(await server.ask('GET', `${apis}/${name}`)).toEqual(missing);
  expect(await server.ask('PATCH', `${apis}/${name}`, { properties: {} })).toEqual(missing);
  expect(await server.ask('DELETE', `${apis}/${name}`)).toEqual(missing);
  expect(await namesIn(`${powerApps}/connections`)).toEqual([server.connection]);
});

it('validates a definition: an empty text when all is well, a line for each warning else', async () => {
  const validate = (path: string, body: unknown) => server.ask('POST', `${powerApps}/objectIds/${path}`, body);
  const definition = thingsDefinition('api.test');
  const { security: _security, ...rest } = definition;
  expect(
    await validate('me/validateApiSwagger?enableConnectorCertificationRules=true', definition),
  ).toMatchInlineSnapshot(`
    {
      "body": "",
      "status": 200,
    }
  `);
  expect(await validate('/validateApiSwagger', { ...rest, host: undefined })).toMatchInlineSnapshot(`
    {
      "body": "warning host-missing at /: The definition names no host, so its operations can only be called when a base URL is given.",
      "status": 200,
    }
  `);
});

it('creates, shows, changes and deletes a connection, and never gives a secret back', async () => {
  const path = `${server.apiId}/connections/fedcba9876543210fedcba9876543210`;
  const secret = 'first-secret-77aa';
  const created = await server.call('PUT', path, {
    properties: {
      environment: { id: `${powerApps}/environments/E`, name: 'E' },
      displayName: 'Mine',
      connectionParameters: { api_key: secret, unheard_of: 'other-secret-91bc' },
    },
  });
  const shown = await server.ask('GET', path);
  expect(shown).toMatchInlineSnapshot(`
    {
      "body": {
        "id": "/providers/Microsoft.PowerApps/apis/shared_things-5fHEX/connections/fedcba9876543210fedcba9876543210",
        "name": "fedcba9876543210fedcba9876543210",
        "properties": {
          "allowSharing": false,
          "apiId": "/providers/Microsoft.PowerApps/apis/shared_things-5fHEX",
          "connectionParameters": {},
          "createdBy": {
            "displayName": "Administrator",
            "email": "admin@localhost",
            "id": "ADMINISTRATOR",
            "tenantId": "GUID",
            "type": "User",
            "userPrincipalName": "admin@localhost",
          },
          "createdTime": "TIME",
          "displayName": "Mine",
          "environment": {
            "id": "/providers/Microsoft.PowerApps/environments/E",
            "name": "E",
          },
          "keywordsRemaining": 0,
          "lastModifiedTime": "TIME",
          "statuses": [
            {
              "status": "Connected",
            },
          ],
        },
        "type": "Microsoft.PowerApps/apis/connections",
      },
      "status": 200,
    }
  `);
  const listed = await server.call('GET', `${server.apiId}/connections`);
  const all = await server.call('GET', `${powerApps}/connections`);
  const renamed = await server.call('PUT', path, { properties: { displayName: 'Ours' } });
  expect([created.status, renamed.status]).toEqual([201, 200]);
  const answers = [created, listed, all, renamed, await server.call('GET', path)];
  expect(answers.filter(({ bytes }) => bytes.includes(secret) || bytes.includes('other-secret'))).toEqual([]);
  expect([listed, all].map(({ body }) => (body as { readonly value: readonly object[] }).value.length)).toEqual([2, 2]);
  // Not sent again, the secret is still there.
  const call = `/api/connections/fedcba9876543210fedcba9876543210/operations/ListThings/call`;
  expect(await server.ask('POST', call)).toMatchObject({ status: 200, body: { statusCode: 200 } });
  expect(server.upstream.received.at(-1)?.headers['x-api-key']).toBe(secret);
  expect(await server.ask('DELETE', path)).toEqual({ status: 200, body: '' });
  const gone = notFound(
    'ConnectionNotFound',
    'There is no connection "fedcba9876543210fedcba9876543210" of shared_things-5fHEX.',
  );
  expect(await server.ask('GET', path)).toEqual(gone);
  expect(await server.ask('DELETE', path)).toEqual(gone);
  expect(await server.ask('POST', call)).toMatchObject({ status: 404, body: { code: 'ConnectionNotFound' } });
});

it('says of a connection what it lacks', async () => {
  const path = `${server.apiId}/connections/lacking`;
  const { properties } = (await bodyOf('PUT', path, { properties: { connectionParameters: {} } })) as {
    readonly properties: { readonly statuses: unknown };
  };
  expect(properties.statuses).toMatchInlineSnapshot(`
    [
      {
        "error": {
          "code": "CredentialMissing",
          "message": "The connection holds no API key. Give it as "api_key".",
        },
        "status": "Error",
        "target": "token",
      },
    ]
  `);
  await server.call('DELETE', path);
});

it('keeps the connections of one connector from another', async () => {
  const other = nameOf(
    await server.call('POST', apis, {
      properties: { ...thingsProperties, openApiDefinition: thingsDefinition('api.test') },
    }),
  );
  const path = `${apis}/${other}/connections/${server.connection}`;
  const missing = notFound(
    'ConnectionNotFound',
    `There is no connection "${server.connection}" of shared_things-5fHEX.`,
  );
  expect(await server.ask('GET', path)).toEqual(missing);
  expect(await server.ask('DELETE', path)).toEqual(missing);
  expect(await server.ask('PUT', path, { properties: { connectionParameters: { api_key: 'x' } } })).toEqual({
    status: 409,
    body: {
      error: {
        code: 'Conflict',
        message: `The connection ${server.connection} belongs to another connector. Choose another name.`,
      },
    },
  });
  await server.call('DELETE', `${apis}/${other}`);
});

it('deploys, shows, changes and deletes a flow', async () => {
  const created = await server.ask('POST', flows, {
    properties: {
      displayName: 'Hello',
      definition: flowOf({ Get: callThings(server.apiId, 'GetThing', { id: '7' }) }),
      state: 'Started',
      connectionReferences: [
        { connectionName: server.connection, id: server.apiId, connectionReferenceName: 'things' },
      ],
      environment: { name: server.environment.id },
    },
  });
  expect(created).toMatchInlineSnapshot(`
    {
      "body": {
        "id": "/providers/Microsoft.ProcessSimple/environments/E/flows/GUID",
        "name": "GUID",
        "properties": {
          "apiId": "/providers/Microsoft.PowerApps/apis/shared_logicflows",
          "connectionReferences": {
            "things": {
              "connectionName": "0123456789abcdef0123456789abcdef",
              "connectionReferenceName": "things",
              "id": "/providers/Microsoft.PowerApps/apis/shared_things-5fHEX",
            },
          },
          "createdTime": "TIME",
          "creator": {
            "objectId": "ADMINISTRATOR",
            "tenantId": "GUID",
            "userId": "ADMINISTRATOR",
            "userType": "ActiveDirectory",
          },
          "definition": {
            "$schema": "https://schema.management.azure.com/providers/Microsoft.Logic/schemas/2016-06-01/workflowdefinition.json#",
            "actions": {
              "Get": {
                "inputs": {
                  "host": {
                    "apiId": "/providers/Microsoft.PowerApps/apis/shared_things-5fHEX",
                    "connectionName": "things",
                    "operationId": "GetThing",
                  },
                  "parameters": {
                    "id": "7",
                  },
                  "retryPolicy": {
                    "type": "none",
                  },
                },
                "runAfter": {},
                "type": "OpenApiConnection",
              },
            },
            "contentVersion": "1.0.0.0",
            "triggers": {
              "manual": {
                "inputs": {
                  "schema": {},
                },
                "kind": "Http",
                "type": "Request",
              },
            },
          },
          "definitionSummary": {
            "actions": [
              {
                "api": {
                  "id": "/providers/Microsoft.PowerApps/apis/shared_things-5fHEX",
                  "name": "shared_things-5fHEX",
                  "type": "Microsoft.PowerApps/apis",
                },
                "swaggerOperationId": "GetThing",
                "type": "OpenApiConnection",
              },
            ],
            "description": "",
            "triggers": [
              {
                "kind": "Http",
                "type": "Request",
              },
            ],
          },
          "displayName": "Hello",
          "environment": {
            "id": "/providers/Microsoft.ProcessSimple/environments/E",
            "name": "E",
            "type": "Microsoft.ProcessSimple/environments",
          },
          "flowFailureAlertSubscribed": false,
          "flowSuspensionReason": "None",
          "flowTriggerUri": "http://patchbay.test/providers/Microsoft.ProcessSimple/environments/E/flows/GUID/triggers/manual/run?api-version=2016-11-01",
          "isManaged": false,
          "lastModifiedTime": "TIME",
          "provisioningMethod": "FromDefinition",
          "revision": 1,
          "sharingType": "NotShared",
          "state": "Started",
          "userType": "Owner",
        },
        "type": "Microsoft.ProcessSimple/environments/flows",
      },
      "status": 201,
    }
  `);
  const [name = ''] = await namesIn(flows);
  const path = `${flows}/${name}`;
  expect(await server.ask('GET', `${path}?$expand=swagger,properties.connectionreferences.apidefinition`)).toEqual({
    ...created,
    status: 200,
  });
  expect(await bodyOf('GET', `${flows}?$filter=${encodeURIComponent("search('personal')")}`)).toEqual({
    value: [created.body],
  });
  const renamed = await server.ask('PATCH', path, { properties: { displayName: 'Bye' } });
  expect(renamed).toMatchObject({ status: 200, body: { properties: { displayName: 'Bye', revision: 1 } } });
  const revised = await server.ask('PATCH', path, { properties: { definition: sayHello } });
  expect(revised).toMatchObject({
    status: 200,
    body: { properties: { displayName: 'Bye', revision: 2, definition: sayHello } },
  });
  expect(await server.ask('GET', path)).toEqual({ ...revised, status: 200 });
  // The same again is no revision.
  const repeated = await server.ask('PATCH', path, { properties: { displayName: 'Bye', definition: sayHello } });
  expect(repeated).toMatchObject({ status: 200, body: { properties: { revision: 2 } } });
  expect(await server.ask('DELETE', path)).toEqual({ status: 200, body: '' });
  expect(await server.ask('GET', path)).toEqual(notFound('FlowNotFound', 'There is no flow "GUID".'));
  expect(await server.ask('DELETE', path)).toEqual({ status: 204, body: '' });
});

it('stops and starts a flow, which answers callers only while it is started', async () => {
  const name = await server.deploy(sayHello);
  const { value } = (await server.call('POST', `${flows}/${name}/triggers/manual/listCallbackUrl`)).body as {
    readonly value: string;
  };
  const invoke = async () => {
    const { status, body } = await send(server.origin, { method: 'POST', path: value.slice(server.origin.length) });
    return { status, body };
  };
  expect(await invoke()).toEqual({ status: 202, body: '' });
  expect(await server.ask('POST', `${flows}/${name}/stop`)).toEqual({ status: 200, body: '' });
  expect(await propertiesOf(`${flows}/${name}`)).toMatchObject({ state: 'Stopped' });
  expect(await invoke()).toEqual({
    status: 409,
    body: { error: { code: 'FlowNotStarted', message: 'The flow "Test" is stopped. Start it first.' } },
  });
  expect(await server.ask('POST', `${flows}/${name}/start`, {})).toEqual({ status: 200, body: '' });
  expect(await invoke()).toEqual({ status: 202, body: '' });
  await server.call('DELETE', `${flows}/${name}`);
  expect((await invoke()).status).toBe(401);
});

it('lists the triggers of a flow and gives the callback URL of a request trigger', async () => {
  const name = await server.deploy(
    flowOf(
      {},
      {
        triggers: {
          manual: { type: 'Request', kind: 'Http', inputs: { method: 'PUT', relativePath: '/orders/{id}' } },
        },
      },
    ),
  );
  const recurrence = { frequency: 'Day', interval: 1, startTime: '2070-01-01T00:00:00Z' };
  const recurring = await server.deploy(flowOf({}, { triggers: { Daily: { type: 'Recurrence', recurrence } } }));
  expect(await server.ask('GET', `${flows}/${name}/triggers`)).toMatchInlineSnapshot(`
    {
      "body": {
        "value": [
          {
            "id": "/providers/Microsoft.ProcessSimple/environments/E/flows/GUID/triggers/manual",
            "name": "manual",
            "properties": {
              "changedTime": "TIME",
              "createdTime": "TIME",
              "provisioningState": "Succeeded",
              "state": "Enabled",
              "status": "Waiting",
              "workflow": {
                "id": "/providers/Microsoft.ProcessSimple/environments/E/flows/GUID",
                "name": "GUID",
                "type": "Microsoft.ProcessSimple/environments/flows",
              },
            },
            "type": "Microsoft.ProcessSimple/environments/flows/triggers",
          },
        ],
      },
      "status": 200,
    }
  `);
  expect(await server.ask('GET', `${flows}/${recurring}/triggers/daily`)).toMatchInlineSnapshot(`
    {
      "body": {
        "id": "/providers/Microsoft.ProcessSimple/environments/E/flows/GUID/triggers/Daily",
        "name": "Daily",
        "properties": {
          "changedTime": "TIME",
          "createdTime": "TIME",
          "nextExecutionTime": "TIME",
          "provisioningState": "Succeeded",
          "recurrence": {
            "frequency": "Day",
            "interval": 1,
            "startTime": "2070-01-01T00:00:00Z",
          },
          "state": "Enabled",
          "status": "Waiting",
          "workflow": {
            "id": "/providers/Microsoft.ProcessSimple/environments/E/flows/GUID",
            "name": "GUID",
            "type": "Microsoft.ProcessSimple/environments/flows",
          },
        },
        "type": "Microsoft.ProcessSimple/environments/flows/triggers",
      },
      "status": 200,
    }
  `);
  const { response, ...callback } = await bodyOf('POST', `${flows}/${name}/triggers/manual/listCallbackUrl`, {});
  expect(callback).toMatchInlineSnapshot(`
    {
      "basePath": "http://patchbay.test/workflows/GUID/triggers/manual/paths/invoke",
      "method": "PUT",
      "queries": {
        "api-version": "2016-06-01",
        "sig": "SIGNATURE",
        "sp": "/triggers/manual/run",
        "sv": "1.0",
      },
      "relativePath": "orders/{id}",
      "relativePathParameters": [
        "id",
      ],
      "value": "http://patchbay.test/workflows/GUID/triggers/manual/paths/invoke/orders/{id}?api-version=2016-06-01&sp=%2Ftriggers%2Fmanual%2Frun&sv=1.0&sig=SIGNATURE",
    }
  `);
  expect(response).toEqual(callback);
  expect(await server.ask('POST', `${flows}/${recurring}/triggers/Daily/listCallbackUrl`)).toMatchInlineSnapshot(`
    {
      "body": {
        "error": {
          "code": "TriggerNotCallable",
          "message": "The trigger "Daily" is of the type Recurrence, which no caller starts. Only Request triggers have a callback URL.",
        },
      },
      "status": 400,
    }
  `);
  expect(await server.ask('POST', `${flows}/${name}/triggers/other/listCallbackUrl`)).toEqual(
    notFound('TriggerNotFound', 'The flow "Test" has no trigger "other"; it has manual.'),
  );
  await server.call('DELETE', `${flows}/${name}`);
  await server.call('DELETE', `${flows}/${recurring}`);
});

it('lists runs newest first, by status and time, a page at a time', async () => {
  const flow = await server.deploy(
    flowOf({
      Decide: { type: 'Compose', inputs: "@if(equals(triggerBody(), 'bad'), int('x'), 1)", runAfter: {} },
    }),
  );
  const runs: string[] = [];
  for (const body of ['a', 'bad', 'c']) runs.unshift(await server.run(flow, body));
  const path = `${flows}/${flow}/runs`;
  const filtered = (filter: string) => namesIn(`${path}?$filter=${encodeURIComponent(filter)}`);
  expect(await namesIn(path)).toEqual(runs);
  expect(await filtered("status eq 'Failed'")).toEqual([runs[1]]);
  expect(await filtered("Status eq 'succeeded'")).toEqual([runs[0], runs[2]]);
  expect(await filtered("status eq 'Failed' and startTime ge 2099-01-01T00:00:00Z")).toEqual([]);
  expect(await filtered('startTime ge 2020-01-01T00:00:00Z and startTime lt 2099-01-01T00:00:00Z')).toEqual(runs);
  const first = (await server.call('GET', `${path}?$top=2&api-version=2016-11-01`)).body as {
    readonly value: readonly object[];
    readonly nextLink: string;
  };
  expect(first.value).toHaveLength(2);
  const second = await server.call('GET', first.nextLink.slice(server.origin.length));
  expect(second.body).toMatchObject({ value: [{ name: runs[2] }] });
  expect(Object.keys(second.body as object)).toEqual(['value']);
  await server.call('DELETE', `${flows}/${flow}`);
});

it('shows a run, its actions and the iterations of a loop, with links that need no token', async () => {
  const flow = await server.deploy(
    flowOf({
      Each: {
        type: 'Foreach',
        foreach: '@triggerBody()',
        actions: { Get: callThings(server.apiId, 'GetThing', { id: "@{items('Each')}" }) },
        runAfter: {},
        runtimeConfiguration: { concurrency: { repetitions: 1 } },
      },
    }),
  );
  const run = await server.run(flow, ['a', 'b']);
  const path = `${flows}/${flow}/runs/${run}`;
  expect(await server.ask('GET', path)).toMatchInlineSnapshot(`
    {
      "body": {
        "id": "/providers/Microsoft.ProcessSimple/environments/E/flows/GUID/runs/RUN",
        "name": "RUN",
        "properties": {
          "correlation": {
            "clientTrackingId": "RUN",
          },
          "endTime": "TIME",
          "isAborted": false,
          "startTime": "TIME",
          "status": "Succeeded",
          "trigger": {
            "code": "OK",
            "correlation": {
              "clientTrackingId": "RUN",
            },
            "endTime": "TIME",
            "name": "manual",
            "originHistoryName": "RUN",
            "outputsLink": {
              "contentHash": {
                "algorithm": "md5",
                "value": "6teDBsxQVrC6r+awIfl51A==",
              },
              "contentSize": 31,
              "contentVersion": "6teDBsxQVrC6r+awIfl51A==",
              "uri": "http://patchbay.test/contents/GUID/RUN/TriggerOutputs?se=EXPIRY&sig=SIGNATURE",
            },
            "startTime": "TIME",
            "status": "Succeeded",
          },
        },
        "type": "Microsoft.ProcessSimple/environments/flows/runs",
      },
      "status": 200,
    }
  `);
  const expanded = await propertiesOf(`${path}?$expand=properties%2Factions`);
  expect(expanded['actions']).toMatchInlineSnapshot(`
    {
      "Each": {
        "canResubmit": true,
        "code": "OK",
        "correlation": {
          "actionTrackingId": "GUID",
          "clientTrackingId": "RUN",
        },
        "endTime": "TIME",
        "inputsLink": {
          "contentHash": {
            "algorithm": "md5",
            "value": "5T8E0bzBQo2ejbmpNXjF6w==",
          },
          "contentSize": 9,
          "contentVersion": "5T8E0bzBQo2ejbmpNXjF6w==",
          "uri": "http://patchbay.test/contents/GUID/RUN/ActionInputs?action=Each&se=EXPIRY&sig=SIGNATURE",
        },
        "repetitionCount": 2,
        "startTime": "TIME",
        "status": "Succeeded",
        "trackingId": "GUID",
      },
    }
  `);
  expect(await bodyOf('GET', `${path}/actions`)).toMatchObject({ value: [{ name: 'Each' }] });
  expect(await server.ask('GET', `${path}/actions/Each`)).toMatchObject({
    status: 200,
    body: { name: 'Each', properties: (expanded['actions'] as { readonly Each: object }).Each },
  });
  const repetitions = (await server.call('GET', `${path}/actions/Get/repetitions`)).body as {
    readonly value: readonly {
      readonly name: string;
      readonly properties: { readonly outputsLink: { readonly uri: string } };
    }[];
  };
  expect(repetitions.value.map(({ name }) => name)).toEqual(['000000', '000001']);
  type Page = { readonly value: readonly { readonly name: string }[]; readonly nextLink?: string };
  const firstPage = (await server.call('GET', `${path}/actions/Get/repetitions?$top=1`)).body as Page;
  const next = new URL(firstPage.nextLink ?? '');
  const secondPage = (await server.call('GET', `${next.pathname}${next.search}`)).body as Page;
  expect([firstPage, secondPage].map(({ value }) => value.map(({ name }) => name))).toEqual([['000000'], ['000001']]);
  expect((await server.call('GET', `${path}/actions/Get/repetitions?$skiptoken=x`)).status).toBe(400);
  const contents = await Promise.all(
    repetitions.value.map(({ properties }) =>
      send(server.origin, { path: properties.outputsLink.uri.slice(server.origin.length) }),
    ),
  );
  expect(contents.map(({ body }) => body)).toMatchObject([
    { statusCode: 200, body: { target: '/v1/things/a' } },
    { statusCode: 200, body: { target: '/v1/things/b' } },
  ]);
  expect(await server.ask('GET', `${path}/actions/Nothing`)).toEqual(
    notFound('WorkflowRunActionNotFound', 'The run "RUN" has no action "Nothing".'),
  );
  expect(await server.ask('GET', `${flows}/${flow}/runs/nothing`)).toEqual(
    notFound('WorkflowRunNotFound', 'The flow "GUID" has no run "nothing".'),
  );
  const other = await server.deploy(sayHello);
  expect(await server.ask('GET', `${flows}/${other}/runs/${run}`)).toEqual(
    notFound('WorkflowRunNotFound', 'The flow "GUID" has no run "RUN".'),
  );
  await server.call('DELETE', `${flows}/${other}`);
  await server.call('DELETE', `${flows}/${flow}`);
});

it('opens a content link only as it was signed', async () => {
  const flow = await server.deploy(sayHello);
  const run = await server.run(flow, 'in');
  const { body } = await server.call('GET', `${flows}/${flow}/runs/${run}/actions/Say`);
  const { uri } = (body as { readonly properties: { readonly outputsLink: { readonly uri: string } } }).properties
    .outputsLink;
  const open = async (path: string) => (await send(server.origin, { path })).status;
  const path = uri.slice(server.origin.length);
  expect({
    asSigned: await open(path),
    otherPayload: await open(path.replace('ActionOutputs', 'ActionInputs')),
    otherAction: await open(path.replace('action=Say', 'action=Other')),
    longer: await open(path.replace(/se=\d/, 'se=9')),
    iteration: await open(`${path}&iteration=000000`),
    twice: await open(`${path}&sig=x`),
    bare: await open(path.split('?')[0] ?? ''),
  }).toEqual({
    asSigned: 200,
    otherPayload: 401,
    otherAction: 401,
    longer: 401,
    iteration: 401,
    twice: 400,
    bare: 401,
  });
  await server.call('DELETE', `${flows}/${flow}`);
});

it('cancels a run that goes on, and says when there is none', async () => {
  const flow = await server.deploy(
    flowOf({
      Get: callThings(server.apiId, 'GetThing', { id: 'never' }),
      Then: { type: 'Compose', inputs: 'not reached', runAfter: { Get: ['Succeeded'] } },
    }),
  );
  const { body } = await server.call('POST', `/api/flows/${flow}/triggers/manual/run`, {});
  const { runId } = body as { readonly runId: string };
  expect(await server.ask('POST', `${flows}/${flow}/runs/${runId}/cancel`)).toEqual({ status: 200, body: '' });
  await server.services.engine.settled(runId);
  expect(await server.history(flow, runId)).toMatchInlineSnapshot(`
    {
      "actions": {
        "Get": {
          "code": "ActionCancelled",
          "error": {
            "code": "ActionCancelled",
            "message": "The execution of template action 'Get' is cancelled: the workflow run was cancelled.",
          },
          "status": "Cancelled",
        },
        "Then": {
          "code": "ActionSkipped",
          "error": {
            "code": "Terminated",
            "message": "The execution of template action 'Then' is skipped: the workflow run was cancelled.",
          },
          "status": "Skipped",
        },
      },
      "error": {
        "code": "WorkflowRunCancelled",
        "message": "The workflow run was cancelled.",
      },
      "status": "Cancelled",
    }
  `);
  expect(await server.ask('POST', `${flows}/${flow}/runs/nothing/cancel`)).toEqual(
    notFound('WorkflowRunNotFound', 'The flow "GUID" has no run "nothing".'),
  );
  await server.call('DELETE', `${flows}/${flow}`);
});

it('calls an operation, tests a connection and describes operations under /api, without showing the key', async () => {
  const path = `/api/connections/${server.connection}`;
  const called = await server.ask('POST', `${path}/operations/GetThing/call`, { parameters: { id: 'a/b' } });
  expect(called).toMatchObject({ status: 200, body: { statusCode: 200, body: { target: '/v1/things/a%2Fb' } } });
  const tested = await server.ask('POST', `${path}/test`);
  expect(tested).toMatchObject({ status: 200, body: { ok: true, response: { statusCode: 200 } } });
  expect(
    (tested.body as { readonly trace: readonly { readonly step: string }[] }).trace.map(({ step }) => step),
  ).toEqual(['bind', 'authenticate', 'transport', 'result']);
  expect(JSON.stringify([called, tested])).not.toContain(thingsKey);
  expect(await server.ask('POST', `${path}/operations/Nothing/call`)).toMatchInlineSnapshot(`
    {
      "body": {
        "code": "OperationNotFound",
        "detail": "The connector has no operation Nothing.",
        "status": 404,
        "title": "The operation does not exist",
        "type": "urn:patchbay:error:OperationNotFound",
      },
      "status": 404,
    }
  `);
  expect(await server.ask('POST', `${path}/operations/GetThing/call`)).toMatchInlineSnapshot(`
    {
      "body": {
        "code": "ParameterMissing",
        "detail": "The parameter id is required and was not given.",
        "status": 400,
        "title": "A parameter is missing",
        "type": "urn:patchbay:error:ParameterMissing",
      },
      "status": 400,
    }
  `);
  const { connectionParameters, operations } = await bodyOf('GET', `/api/connectors/${server.connector}/operations`);
  expect((operations as readonly { readonly operationId: string }[]).map(({ operationId }) => operationId)).toEqual([
    'ListThings',
    'CreateThing',
    'GetThing',
    'GetFile',
    'PutFile',
  ]);
  expect(connectionParameters).toMatchObject([{ name: 'api_key', type: 'securestring', required: true }]);
});

it('answers an address that is none in the form of its surface', async () => {
  expect(await server.ask('GET', `${powerApps}/nothing`)).toEqual(
    notFound('NotFound', `There is nothing at ${powerApps}/nothing.`),
  );
  const answer = await server.call('GET', '/api/nothing?with=query');
  expect({ type: answer.headers['content-type'], body: answer.body }).toEqual({
    type: 'application/problem+json; charset=utf-8',
    body: {
      type: 'urn:patchbay:error:NotFound',
      title: 'There is nothing at this address',
      status: 404,
      detail: 'There is nothing at /api/nothing.',
      code: 'NotFound',
    },
  });
});
