import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type JsonObject, readConnector } from '@patchbay/definition';
import { createEgress } from '@patchbay/egress';
import { onTestFinished } from 'vitest';
import { compile } from '../../compile.ts';
import type { CallOptions } from '../../contract.ts';

/** What a server was asked: its line, the headers that matter, and how long the body was. */
export type Seen = { readonly line: string; readonly [header: string]: string | number };

type Answer = (request: IncomingMessage & { readonly body: Buffer }, response: ServerResponse) => void;

const shownHeaders = [
  'x-key',
  'x-tenant',
  'x-ms-transfer-mode',
  'x-ms-content-length',
  'content-range',
  'content-type',
  'range',
  'if-range',
  'idempotency-key',
];

/** A server on loopback, and what it was asked. */
export async function startServer(answer: Answer): Promise<{ readonly origin: string; readonly seen: Seen[] }> {
  const seen: Seen[] = [];
  const server = createServer(async (request, response) => {
    const body = Buffer.concat(await Array.fromAsync(request as AsyncIterable<Buffer>));
    const headers = shownHeaders.flatMap((name) => {
      const value = request.headers[name];
      return value === undefined ? [] : [[name, String(value)] as const];
    });
    const line = `${request.method} ${request.url}`;
    seen.push({ line, ...Object.fromEntries(headers), ...(body.length > 0 && { bodyBytes: body.length }) });
    answer(Object.assign(request, { body }), response);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  onTestFinished(async () => {
    server.closeAllConnections();
    await new Promise((closed) => server.close(closed));
  });
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen };
}

/** An API with files and jobs below /v1, as a connector with a key and a policy that says whose they are. */
export async function startApi(answer: Answer, capabilities: JsonObject = { chunkTransfer: true }) {
  const { origin, seen } = await startServer(answer);
  const egress = createEgress();
  onTestFinished(() => egress.close());
  const responses = { 200: { description: '' } };
  const chunked = { 'x-ms-capabilities': capabilities, responses };
  const body = { name: 'body', in: 'body', schema: { type: 'string', format: 'binary' } };
  const etag = { name: 'Range', in: 'header', type: 'string' };
  const { model } = readConnector({
    definition: {
      name: 'd',
      content: JSON.stringify({
        swagger: '2.0',
        info: { title: 'Files', version: '1' },
        host: new URL(origin).host,
        basePath: '/v1',
        schemes: ['http'],
        consumes: ['text/plain'],
        paths: {
          '/files': {
            post: { operationId: 'AddFile', parameters: [body], ...chunked },
            get: { operationId: 'GetFile', parameters: [etag], ...chunked },
          },
          '/notes': { post: { operationId: 'AddNote', parameters: [body], responses } },
          '/jobs': { post: { operationId: 'StartJob', responses: { 202: { description: '' } } } },
        },
      }),
    },
    properties: { name: 'p', content: JSON.stringify({ properties: { policyTemplateInstances: [tenantPolicy] } }) },
  });
  if (model === undefined) throw new Error('not read');
  const options: CallOptions = {
    credential: { kind: 'apiKey', in: 'header', name: 'x-key', value: 'k1' },
    egress,
    networkRules: { allow: ['loopback'] },
  };
  return { origin, seen, egress, connector: compile(model), options };
}

const tenantPolicy = {
  templateId: 'setheader',
  title: 'Whose files',
  parameters: {
    'x-ms-apimTemplateParameter.name': 'x-tenant',
    'x-ms-apimTemplateParameter.value': 'library',
    'x-ms-apimTemplateParameter.existsAction': 'override',
    'x-ms-apimTemplate-policySection': 'Request',
  },
};
