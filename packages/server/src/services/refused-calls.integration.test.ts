import { expect, it, onTestFinished } from 'vitest';
import { startThingsPlatform } from '../test-platform/start-things-platform.ts';
import { callThings, flowOf } from '../test-platform/things.ts';
import { answerJson } from '../test-platform/upstream.ts';

/** What the log says of calls that were kept in, in order. */
function refusedCalls(log: string): readonly object[] {
  return log
    .split('\n')
    .filter((line) => line.includes('"event":"call-refused"'))
    .map((line) => {
      const { level, code, host, method, connection } = JSON.parse(line) as { readonly [name: string]: unknown };
      return JSON.parse(JSON.stringify({ level, code, host, method, connection })) as object;
    });
}

it('logs each refused call once with its code, whichever way it came', async () => {
  const server = await startThingsPlatform(({ target }, response) => {
    if (target.endsWith('/away')) response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end();
    else if (target.endsWith('/file')) response.writeHead(302, { location: 'file:///etc/passwd' }).end();
    else answerJson(response, 200, {});
  });
  onTestFinished(() => server.stop());
  const { connection, upstream } = server;
  const callOperation = (id: string) =>
    server.call('POST', `/api/connections/${connection}/operations/GetThing/call`, { parameters: { id } });
  await callOperation('good');
  await callOperation('away');
  await callOperation('file');
  await callOperation('../admin');
  await server.call('GET', `${server.runtimePath}/things/%252e%252e`);
  const http = (uri: string) => ({ type: 'Http', inputs: { method: 'GET', uri, retryPolicy: { type: 'none' } } });
  const flow = await server.deploy(
    flowOf({
      Path: { ...callThings(server.apiId, 'GetThing', { id: '..' }), runAfter: {} },
      Metadata: { ...http('http://2852039166/'), runAfter: { Path: ['Failed'] } },
      Scheme: { ...http('ftp://inside.test/'), runAfter: { Metadata: ['Failed'] } },
    }),
  );
  await server.run(flow);
  expect(refusedCalls(server.log())).toEqual([
    { level: 40, code: 'address-refused', host: '169.254.169.254', method: 'GET' },
    { level: 40, code: 'redirect-refused', host: upstream.host, method: 'GET' },
    { level: 40, code: 'path-escapes', connection },
    { level: 40, code: 'path-escapes', connection },
    { level: 40, code: 'path-escapes', connection },
    { level: 40, code: 'address-refused', host: '169.254.169.254', method: 'GET' },
    { level: 40, code: 'url-invalid', host: 'inside.test', method: 'GET' },
  ]);
});
