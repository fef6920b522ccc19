import type { JsonObject } from '@patchbay/definition';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type HttpRequest, send } from '../../test-platform/http-client.ts';
import { addAccount, signIn, signInDevice } from '../../test-platform/people.ts';
import { flows, startThingsPlatform, type ThingsPlatform } from '../../test-platform/start-things-platform.ts';

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((_, response) => response.writeHead(404).end());
});
afterAll(() => server.stop());

const tell = (body: string): JsonObject => ({
  Tell: { type: 'Response', kind: 'Http', inputs: { statusCode: 200, body }, runAfter: {} },
});

/** A flow that tells what its trigger saw. */
function deploy(trigger: JsonObject, actions: JsonObject = tell('@triggerOutputs()')): Promise<string> {
  return server.deploy({ triggers: { manual: { type: 'Request', ...trigger } }, actions });
}

async function callback(flow: string) {
  const { body } = await server.call('POST', `${flows}/${flow}/triggers/manual/listCallbackUrl`);
  const { value, method, queries } = body as { value: string; method: string; queries: { [name: string]: string } };
  return { path: value.slice(server.origin.length), method, queries };
}

/** Calls the trigger of a flow at its own address. */
async function invoke(flow: string, request: Partial<HttpRequest> = {}) {
  const { path } = await callback(flow);
  return send(server.origin, { method: 'POST', ...request, path: request.path ?? path });
}

it.each(['Http', 'Button', 'PowerApp', 'PowerAppV2', 'Skills', 'VirtualAgent', 'Geofence', 'AlertV2', 'Unheard'])(
  'takes a request of the kind %s',
  async (kind) => {
    const flow = await deploy({ kind }, tell("@triggerBody()?['text']"));
    const answer = await invoke(flow, { body: { text: kind } });
    expect([answer.status, String(answer.bytes)]).toEqual([200, kind]);
  },
);

it('gives a selected row of an app its run', async () => {
  const flow = await deploy(
    {
      kind: 'ApiConnection',
      splitOn: "@triggerOutputs()?['body/rows']",
      inputs: {
        host: { connectionName: 'things', operationId: 'ForSelected', apiId: '/apis/shared_things' },
        parameters: { table: 't' },
        schema: { type: 'object' },
      },
    },
    { Keep: { type: 'Compose', inputs: "@triggerBody()?['id']", runAfter: {} } },
  );
  const answer = await invoke(flow, { body: { rows: [{ id: 'r1' }, { id: 'r2' }] } });
  expect(answer.status).toBe(202);
  const runs = await server.services.store.runs.listRuns({ flowId: flow, limit: 9 });
  const kept = await Promise.all(runs.map(({ runId }) => server.services.store.runs.listActions(runId, 'Keep')));
  expect(
    kept
      .flat()
      .map(({ outputs }) => outputs)
      .sort(),
  ).toEqual(['"r1"', '"r2"']);
});

it('puts the placeholders of a relative path into the address, and reads them out of it', async () => {
  const flow = await deploy({ inputs: { method: 'get', relativePath: '/orders/{id}/lines/{line}' } });
  const { path, method } = await callback(flow);
  expect([method, path.split('?')[0]]).toEqual([
    'GET',
    `/workflows/${flow}/triggers/manual/paths/invoke/orders/{id}/lines/{line}`,
  ]);
  const filled = path.replace('{id}', 'a%2Fb').replace('{line}', '7');
  const answer = await invoke(flow, { method: 'GET', path: `${filled}&x=1` });
  expect(answer.body).toMatchObject({
    method: 'GET',
    relativePathParameters: { id: 'a/b', line: '7' },
    queries: { x: '1' },
    body: null,
  });
  expect((await invoke(flow, { method: 'POST', path: filled })).status).toBe(405);
  expect((await invoke(flow, { method: 'OPTIONS', path: filled })).status).toBe(405);
});

it.each<readonly [string, string, string | Buffer, unknown]>([
  ['JSON', 'application/json; charset=utf-8', '{"a":[1]}', { a: [1] }],
  ['JSON of a vendor', 'application/vnd.a+json', '{"a":1}', { a: 1 }],
  ['text', 'text/plain', 'ü', 'ü'],
  [
    'XML',
    'application/xml',
    '<a/>',
    { '$content-type': 'application/xml', $content: Buffer.from('<a/>').toString('base64') },
  ],
  [
    'a form',
    'application/x-www-form-urlencoded',
    'a=1&a=2',
    {
      '$content-type': 'application/x-www-form-urlencoded',
      $content: Buffer.from('a=1&a=2').toString('base64'),
      $formdata: [
        { key: 'a', value: '1' },
        { key: 'a', value: '2' },
      ],
    },
  ],
  [
    'parts',
    'multipart/form-data; boundary=b',
    '--b\r\nContent-Disposition: form-data; name="n"\r\n\r\nv\r\n--b--\r\n',
    expect.objectContaining({
      $multipart: [{ headers: { 'Content-Disposition': 'form-data; name="n"' }, body: expect.anything() }],
    }),
  ],
  [
    'bytes',
    'image/png',
    Buffer.from([0, 255]),
    { '$content-type': 'image/png', $content: Buffer.from([0, 255]).toString('base64') },
  ],
])('reads %s by its content type', async (_what, type, body, expected) => {
  const flow = await deploy({});
  const answer = await invoke(flow, { headers: { 'content-type': type }, body });
  expect((answer.body as { readonly body: unknown }).body).toEqual(expected);
});

it('checks header fields as it checks the body, where it is asked to', async () => {
  const flow = await deploy({
    operationOptions: 'EnableSchemaValidation',
    inputs: {
      headersSchema: {
        type: 'object',
        properties: { 'X-Count': { type: 'string', pattern: '^[0-9]+$' } },
        required: ['X-Count'],
      },
    },
  });
  expect((await invoke(flow, { headers: { 'x-COUNT': '12' } })).status).toBe(200);
  const refused = [await invoke(flow), await invoke(flow, { headers: { 'x-count': 'many' } })];
  expect(refused.map(({ status }) => status)).toEqual([400, 400]);
  expect(String(refused[0]?.bytes)).toContain("The input headers for trigger 'manual' did not match its schema.");
});

it('says which run it was, unless it is told not to', async () => {
  const marks = async (options: string) => {
    const flow = await deploy({ operationOptions: options });
    const answer = await invoke(flow, { headers: { 'x-ms-client-tracking-id': 'mine' } });
    const named = Object.entries(answer.headers).filter(([name]) => name.startsWith('x-ms-'));
    return named
      .map(([name, value]) => (value === flow ? `${name} flow` : value === 'mine' ? `${name} mine` : name))
      .sort();
  };
  expect(await marks('')).toEqual([
    'x-ms-client-tracking-id mine',
    'x-ms-execution-location',
    'x-ms-tracking-id',
    'x-ms-trigger-history-name',
    'x-ms-workflow-id flow',
    'x-ms-workflow-name flow',
    'x-ms-workflow-run-id',
    'x-ms-workflow-system-id',
    'x-ms-workflow-version',
  ]);
  expect(await marks('SuppressWorkflowHeadersOnResponse')).toEqual([]);
  expect(await marks('suppressworkflowheaders, IncludeAuthorizationHeadersInOutputs')).toEqual([]);
});

it('shows a flow who calls where it asks for that', async () => {
  const seen = async (options: string) => {
    const flow = await deploy({ operationOptions: options });
    const { body } = await invoke(flow, { headers: { authorization: 'Bearer theirs', cookie: 'a=b' } });
    const { authorization, cookie } = (body as { readonly headers: { readonly [name: string]: string } }).headers;
    return [authorization, cookie];
  };
  expect(await seen('')).toEqual([undefined, undefined]);
  expect(await seen('IncludeAuthorizationHeadersInOutputs')).toEqual(['Bearer theirs', undefined]);
});

it('lets in people that the server knows, where the trigger asks for them, and no signature', async () => {
  const { services } = server;
  const maker = await addAccount(services, 'maker', 'ann');
  const tokens = await signInDevice(services, await signIn(services, maker));
  const ann = { authorization: `Bearer ${tokens.access_token}` };
  const administrator = { authorization: server.authorization };
  const statuses = async (inputs: JsonObject) => {
    const flow = await deploy({ inputs, operationOptions: 'IncludeAuthorizationHeadersInOutputs' });
    const { path, queries } = await callback(flow);
    expect(queries).toEqual({ 'api-version': '2016-06-01' });
    const sig = await services.signatures.sign(flow, ['trigger', 'manual', '/triggers/manual/run', '1.0', '']);
    const signed = `${path}&${new URLSearchParams({ sp: '/triggers/manual/run', sv: '1.0', sig })}`;
    const { headers } = await signIn(services, maker);
    const answers = [
      await invoke(flow, { path, headers: ann }),
      await invoke(flow, { path, headers: administrator }),
      await invoke(flow, { path, headers: { authorization: 'Bearer nonsense' } }),
      await invoke(flow, { path }),
      await invoke(flow, { path, headers }),
      await invoke(flow, { path: signed }),
    ];
    for (const { bytes } of answers) expect(String(bytes)).not.toContain(tokens.access_token);
    return answers.map(({ status }) => status);
  };
  expect(await statuses({ triggerAuthenticationType: 'Tenant' })).toEqual([200, 200, 401, 401, 401, 401]);
  const some = { triggerAuthenticationType: 'SpecificUsers', triggerAllowedUsers: `nobody@x.test; ${maker.email}` };
  expect(await statuses(some)).toEqual([200, 403, 401, 401, 401, 401]);
});

it('greets Event Grid, whose events start runs', async () => {
  const flow = await deploy(
    { kind: 'EventGrid', splitOn: '@triggerBody()' },
    { Keep: { type: 'Compose', inputs: "@triggerBody()?['subject']", runAfter: {} } },
  );
  const validation = await invoke(flow, {
    headers: { 'aeg-event-type': 'SubscriptionValidation' },
    body: [{ eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent', data: { validationCode: 'c0de' } }],
  });
  expect([validation.status, validation.body]).toEqual([200, { validationResponse: 'c0de' }]);
  const cloudEvents = await invoke(flow, { method: 'OPTIONS', headers: { 'webhook-request-origin': 'events.test' } });
  expect([cloudEvents.status, cloudEvents.headers['webhook-allowed-origin']]).toEqual([200, 'events.test']);
  const events = await invoke(flow, {
    headers: { 'aeg-event-type': 'Notification' },
    body: [{ subject: 'a' }, { subject: 'b' }],
  });
  expect(events.status).toBe(202);
  expect(await server.services.store.runs.listRuns({ flowId: flow, limit: 9 })).toHaveLength(2);
});

it('tells a caller that there is no place, and what there was in the trigger’s history', async () => {
  const flow = await deploy(
    { runtimeConfiguration: { concurrency: { runs: 1, maximumWaitingRuns: 1 } } },
    { Long: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Hour' } }, runAfter: {} } },
  );
  const answers = [await invoke(flow), await invoke(flow), await invoke(flow)];
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 429]);
  expect(answers[2]?.body).toEqual({
    error: {
      code: 'TooManyRuns',
      message: "Trigger 'manual' has 1 run(s) at a time, and 1 wait for their turn already.",
    },
  });
  const notes = await server.services.store.watches.notes(flow, 'manual', 9);
  expect(notes.map(({ status, code }) => `${status} ${code}`)).toEqual(['Skipped TooManyRuns']);
});

it.each<readonly [string, JsonObject, JsonObject, readonly string[]]>([
  [
    'a trigger that splits before a Response',
    { splitOn: '@triggerBody()' },
    tell('x'),
    [
      'split-with-response /triggers/manual/splitOn trigger "manual" splits, so the Response "Tell" has no one caller to answer (WorkflowUnsupportedSplitOnTriggerForResponseAction); remove one of them, or give the Response the option Asynchronous',
    ],
  ],
  [
    'an authentication that cannot be done',
    { inputs: { triggerAuthenticationType: 'Kerberos' } },
    tell('x'),
    [
      'trigger-invalid /triggers/manual/inputs/triggerAuthenticationType the request of trigger "manual" cannot be taken: who may call cannot be told by the authentication type "Kerberos"; take All, Tenant or SpecificUsers with triggerAllowedUsers',
    ],
  ],
  [
    'a Response that sends the caller elsewhere',
    {},
    { Tell: { type: 'Response', inputs: { statusCode: 302 }, runAfter: {} } },
    [
      'action-invalid /actions/Tell/inputs/statusCode "Tell" answers with the status 302; a flow answers with 2xx, 4xx or 5xx',
    ],
  ],
  [
    'a single instance that is also a number',
    { operationOptions: 'SingleInstance', runtimeConfiguration: { concurrency: { runs: 2 } } },
    tell('x'),
    [
      'trigger-invalid /triggers/manual/runtimeConfiguration/concurrency trigger "manual" has both SingleInstance and a number of runs; say one of them',
    ],
  ],
  [
    'more runs at a time than there may be',
    { runtimeConfiguration: { concurrency: { runs: 101, maximumWaitingRuns: 0 } } },
    tell('x'),
    [
      'trigger-invalid /triggers/manual/runtimeConfiguration/concurrency/runs the runs of trigger "manual" must be a whole number from 1 to 100, not 101',
      'trigger-invalid /triggers/manual/runtimeConfiguration/concurrency/maximumWaitingRuns the maximumWaitingRuns of trigger "manual" must be a whole number from 1 to 200, not 0',
    ],
  ],
])('refuses %s when it is saved', async (_what, trigger, actions, expected) => {
  const definition = { triggers: { manual: { type: 'Request', ...trigger } }, actions };
  const answer = await server.call('POST', flows, { properties: { displayName: 'x', definition } });
  const { error } = answer.body as {
    readonly error: {
      readonly details: readonly { code: string; pointer: string; message: string; severity: string }[];
    };
  };
  expect(answer.status).toBe(400);
  expect(
    error.details
      .filter(({ severity }) => severity === 'error')
      .map(({ code, pointer, message }) => `${code} ${pointer} ${message}`),
  ).toEqual(expected);
});

const later: JsonObject = {
  Pause: { type: 'Wait', inputs: { interval: { count: 1, unit: 'Second' } }, runAfter: {} },
  Tell: {
    type: 'Response',
    kind: 'Http',
    inputs: { statusCode: 201, headers: { 'x-told': 'late' }, body: { told: '@{triggerBody()}' } },
    operationOptions: 'Asynchronous',
    runAfter: { Pause: ['Succeeded'] },
  },
};

it('answers at once where the Response is asynchronous, and tells later what it says', async () => {
  const flow = await deploy({}, later);
  const accepted = await invoke(flow, { body: 'x', headers: { 'content-type': 'text/plain' } });
  const location = String(accepted.headers.location);
  expect([accepted.status, accepted.headers['retry-after'], location.startsWith(server.origin)]).toEqual([
    202,
    '10',
    true,
  ]);
  const path = location.slice(server.origin.length);
  const early = await send(server.origin, { path });
  expect([early.status, early.headers.location]).toEqual([202, location]);
  await vi.waitFor(
    async () => {
      const { status, headers, body } = await send(server.origin, { path });
      expect([status, headers['x-told'], body]).toEqual([201, 'late', { told: 'x' }]);
    },
    { timeout: 20_000, interval: 100 },
  );
  const stolen = await send(server.origin, { path: path.replace(/sig=..../, 'sig=AAAA') });
  expect([stolen.status, stolen.body]).toEqual([401, { error: expect.objectContaining({ code: 'SignatureInvalid' }) }]);
});

it('says that a run ended without the Response that it was asked for', async () => {
  const flow = await deploy(
    {},
    { Fail: { type: 'Terminate', inputs: { runStatus: 'Failed' }, runAfter: {} }, ...later },
  );
  const { headers } = await invoke(flow);
  const path = String(headers.location).slice(server.origin.length);
  await vi.waitFor(
    async () => {
      const { status, body } = await send(server.origin, { path });
      expect([status, body]).toEqual([502, { error: expect.objectContaining({ code: 'NoResponse' }) }]);
    },
    { timeout: 20_000, interval: 100 },
  );
});
