import type { ServerResponse } from 'node:http';
import { expect, it, onTestFinished } from 'vitest';
import { nameOf, powerApps, startThingsPlatform } from '../test-platform/start-things-platform.ts';
import { flowOf } from '../test-platform/things.ts';
import { answerJson, type ReceivedRequest } from '../test-platform/upstream.ts';

const connection = 'fedcba9876543210fedcba9876543210';
const text = 'abcdefghijklmnopqrstuvwxyz';

/** Files in chunks of ten bytes and more, and jobs that answer when they are asked. */
function answer({ method, target, headers, body }: ReceivedRequest, response: ServerResponse): void {
  if (headers['x-ms-transfer-mode'] === 'chunked') {
    response.writeHead(200, { location: '/v1/uploads/1', 'x-ms-chunk-size': '20' }).end();
  } else if (method === 'PATCH') answerJson(response, 200, { last: body.toString() });
  else if (target === '/v1/jobs') response.writeHead(202, { location: '/v1/jobs/1', 'retry-after': '0' }).end();
  else if (target === '/v1/jobs/1') answerJson(response, 200, { done: true });
  else if (method === 'POST') answerJson(response, 201, { whole: body.toString() });
  else {
    const start = Number(/^bytes=(\d+)-/.exec(headers['range'] ?? '')?.[1] ?? 0);
    const part = text.slice(start, start + 10);
    const range = `bytes ${start}-${start + part.length - 1}/${text.length}`;
    response.writeHead(206, { 'content-type': 'text/plain', 'content-range': range }).end(part);
  }
}

async function startFiles() {
  const server = await startThingsPlatform(answer);
  onTestFinished(() => server.stop());
  const responses = { 200: { description: 'ok' } };
  const chunked = { 'x-ms-capabilities': { chunkTransfer: true }, responses };
  const body = { name: 'body', in: 'body', schema: { type: 'string', format: 'binary' } };
  const connector = nameOf(
    await server.call('POST', `${powerApps}/apis`, {
      properties: {
        iconBrandColor: '#112233',
        connectionParameters: { api_key: { type: 'securestring' } },
        openApiDefinition: {
          swagger: '2.0',
          info: { title: 'Files', version: '1', description: 'Files in chunks.' },
          host: server.upstream.host,
          basePath: '/v1',
          schemes: ['http'],
          consumes: ['text/plain'],
          securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'x-key' } },
          security: [{ api_key: [] }],
          paths: {
            '/files': {
              post: { operationId: 'AddFile', summary: 'Add a file', parameters: [body], ...chunked },
              get: { operationId: 'GetFile', summary: 'Get a file', ...chunked },
            },
            '/jobs': { post: { operationId: 'StartJob', summary: 'Start a job', responses } },
          },
        },
      },
    }),
  );
  const apiId = `${powerApps}/apis/${connector}`;
  await server.call('PUT', `${apiId}/connections/${connection}`, {
    properties: { displayName: 'Files', connectionParameters: { api_key: 'k1' } },
  });
  return { server, apiId };
}

it('a flow sends and takes bodies in chunks, and waits for what an API answers later', async () => {
  const { server, apiId } = await startFiles();
  const chunked = { contentTransfer: { transferMode: 'Chunked' } };
  const operation = (operationId: string, parameters: { readonly [name: string]: string }) => ({
    type: 'OpenApiConnection',
    inputs: { host: { apiId, connectionName: 'files', operationId }, parameters },
  });
  const path = (method: string, at: string) => ({
    type: 'ApiConnection',
    inputs: {
      host: { connection: { name: "@parameters('$connections')['files']['connectionId']" } },
      method,
      path: at,
    },
  });
  const actions = {
    Add: { ...operation('AddFile', { body: text }), runtimeConfiguration: chunked },
    AddWhole: { ...operation('AddFile', { body: text }), runAfter: { Add: ['Succeeded'] } },
    Get: { ...path('get', '/files'), runtimeConfiguration: chunked, runAfter: { AddWhole: ['Succeeded'] } },
    Fetch: {
      type: 'Http',
      inputs: { method: 'GET', uri: `${server.upstream.origin}/elsewhere` },
      runAfter: { Get: ['Succeeded'] },
    },
    Start: { ...operation('StartJob', {}), runAfter: { Fetch: ['Succeeded'] } },
    StartByPath: { ...path('post', '/jobs'), runAfter: { Start: ['Succeeded'] } },
    StartOnly: {
      ...operation('StartJob', {}),
      operationOptions: 'DisableAsyncPattern',
      runAfter: { StartByPath: ['Succeeded'] },
    },
    Response: {
      type: 'Response',
      inputs: {
        statusCode: 200,
        body: {
          add: "@body('Add')",
          addWhole: "@body('AddWhole')",
          get: "@body('Get')",
          fetch: "@body('Fetch')",
          start: "@body('Start')",
          startByPath: "@body('StartByPath')",
          startOnly: "@outputs('StartOnly')['statusCode']",
        },
      },
      runAfter: { StartOnly: ['Succeeded'] },
    },
  };
  const flows = '/providers/Microsoft.ProcessSimple/environments/~default/flows';
  const flow = nameOf(
    await server.call('POST', flows, {
      properties: {
        displayName: 'Files',
        definition: flowOf(actions, { parameters: { $connections: { type: 'Object', defaultValue: {} } } }),
        connectionReferences: { files: { connectionName: connection, id: apiId } },
      },
    }),
  );
  const { body } = await server.call('POST', `${flows}/${flow}/triggers/manual/listCallbackUrl`);
  const url = new URL((body as { readonly value: string }).value);
  const { status, body: answered } = await server.call('POST', url.pathname + url.search, {});
  expect([status, answered]).toEqual([
    200,
    {
      add: { last: 'uvwxyz' },
      addWhole: { whole: text },
      get: text,
      fetch: text,
      start: { done: true },
      startByPath: { done: true },
      startOnly: 202,
    },
  ]);
  const asked = server.upstream.received.map(({ method, target, headers }) => [
    `${method} ${target}`,
    headers['x-key'] ?? '',
    headers['content-range'] ?? headers['range'] ?? '',
  ]);
  expect(asked).toEqual([
    ['POST /v1/files', 'k1', ''],
    ['PATCH /v1/uploads/1', 'k1', 'bytes=0-19/26'],
    ['PATCH /v1/uploads/1', 'k1', 'bytes=20-25/26'],
    ['POST /v1/files', 'k1', ''],
    ['GET /v1/files', 'k1', ''],
    ['GET /v1/files', 'k1', 'bytes=10-19'],
    ['GET /v1/files', 'k1', 'bytes=20-25'],
    ['GET /elsewhere', '', ''],
    ['GET /elsewhere', '', 'bytes=10-19'],
    ['GET /elsewhere', '', 'bytes=20-25'],
    ['POST /v1/jobs', 'k1', ''],
    ['GET /v1/jobs/1', 'k1', ''],
    ['POST /v1/jobs', 'k1', ''],
    ['GET /v1/jobs/1', 'k1', ''],
    ['POST /v1/jobs', 'k1', ''],
  ]);
});

it('a test of a connection waits for what the API answers later and shows each poll, unless it is told not to', async () => {
  const { server } = await startFiles();
  const test = async (more: object) => {
    const { body } = await server.call('POST', `/api/connections/${connection}/test`, {
      operationId: 'StartJob',
      ...more,
    });
    const { ok, response, trace } = body as {
      readonly ok: boolean;
      readonly response: { readonly statusCode: number };
      readonly trace: readonly { readonly step: string; readonly name?: string }[];
    };
    const steps = trace.map(({ step, name }) => (name === undefined ? step : `${step} ${name}`));
    return { ok, status: response.statusCode, steps };
  };
  expect([await test({}), await test({ disableAsyncPattern: true })]).toEqual([
    { ok: true, status: 200, steps: ['bind', 'authenticate', 'transport poll 1', 'transport', 'result'] },
    { ok: true, status: 202, steps: ['bind', 'authenticate', 'transport', 'result'] },
  ]);
});

it('a call of an operation takes a body in chunks of the size that the caller wants', async () => {
  const { server } = await startFiles();
  const call = async (contentTransfer: object) => {
    const answered = await server.call('POST', `/api/connections/${connection}/operations/AddFile/call`, {
      parameters: { body: text },
      contentTransfer,
    });
    return [answered.status, (answered.body as { readonly body: unknown }).body];
  };
  expect([await call({ uploadChunkBytes: 25 }), await call({ uploadChunkBytes: 7 })]).toEqual([
    [200, { last: 'uvwxyz' }],
    [200, { last: 'vwxyz' }],
  ]);
  const { status } = await server.call('POST', `/api/connections/${connection}/operations/AddFile/call`, {
    parameters: { body: text },
    contentTransfer: { uploadChunkBytes: 0 },
  });
  expect(status).toBe(400);
});
