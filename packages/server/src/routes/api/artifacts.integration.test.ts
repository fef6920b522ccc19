import type { JsonObject } from '@patchbay/definition';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { startThingsPlatform, type ThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { flowOf } from '../../test-platform/things.ts';
import { answerJson } from '../../test-platform/upstream.ts';

let server: ThingsPlatform;
beforeAll(async () => {
  server = await startThingsPlatform((_request, response) => answerJson(response, 404, { message: 'Gone.' }));
});
afterAll(() => server.stop());

const artifacts = '/api/environments/~default/artifacts';
const map =
  '<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"><xsl:output method="text"/><xsl:template match="/">' +
  'Hello <xsl:value-of select="."/></xsl:template></xsl:stylesheet>';

it('keeps schemas and maps of an environment, lists, gives and removes them', async () => {
  const path = `${artifacts}/map/Greeting.xslt`;
  expect(await server.call('PUT', path, { content: map })).toMatchObject({ status: 204 });
  expect(await server.call('PUT', `${artifacts}/partner/Contoso`, { content: 'Paris' })).toMatchObject({
    status: 400,
    body: { code: 'InvalidRequest', detail: 'The content of a partner is JSON; this is not.' },
  });
  expect(await server.call('PUT', `${artifacts}/song/A`, { content: 'x' })).toMatchObject({ status: 400 });
  expect(await server.call('PUT', `${artifacts}/map/a%2Fb`, { content: 'x' })).toMatchObject({ status: 400 });
  expect(await server.call('GET', artifacts)).toMatchObject({
    status: 200,
    body: { artifacts: [{ kind: 'map', name: 'Greeting.xslt', contentType: 'application/xml' }] },
  });
  expect(await server.call('GET', `${artifacts}/map/greeting`)).toMatchObject({
    status: 200,
    body: { kind: 'map', name: 'Greeting.xslt', contentType: 'application/xml', content: map },
  });
  expect((await server.call('DELETE', path)).status).toBe(204);
  expect(await server.call('DELETE', path)).toMatchObject({ status: 404, body: { code: 'ArtifactNotFound' } });
});

it('transforms in flows with the artifacts of their environment', async () => {
  await server.call('PUT', `${artifacts}/map/Hello.xslt`, { content: map });
  const transform = (name: string): JsonObject => ({
    type: 'Xslt',
    inputs: { content: '@triggerBody()', map: { source: 'LogicApp', name }, transformOptions: 'GenerateTextOutput' },
    runAfter: {},
  });
  const flow = await server.deploy(flowOf({ Transform: transform('hello'), Missing: transform('none') }));
  const run = await server.run(flow, '<name>Ada</name>');
  await vi.waitFor(async () => expect(await server.history(flow, run)).toMatchObject({ status: 'Failed' }), {
    timeout: 30_000,
  });
  const page = await server.call('GET', `/api/flows/${flow}/runs/${run}`);
  expect(page.body).toMatchObject({
    actions: [
      { name: 'Transform', status: 'Succeeded', outputs: { body: 'Hello Ada' } },
      { name: 'Missing', status: 'Failed', code: 'MapNotFound' },
    ],
  });
});
