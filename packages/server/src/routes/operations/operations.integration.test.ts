import { expect, it, onTestFinished } from 'vitest';
import { send } from '../../test-platform/http-client.ts';
import { addAccount, signIn, signInDevice } from '../../test-platform/people.ts';
import { startTestPlatform } from '../../test-platform/start-test-platform.ts';
import { sayHello, startThingsPlatform } from '../../test-platform/start-things-platform.ts';
import { answerJson } from '../../test-platform/upstream.ts';

it('says that it lives and that it is ready, and that it is not once it stops', async () => {
  const server = await startTestPlatform();
  const at = async (path: string) => {
    const { status, body } = await send(server.origin, { path });
    return { status, body };
  };
  expect(await at('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
  expect(await at('/readyz')).toEqual({ status: 200, body: { status: 'ok', checks: { store: 'ok', engine: 'ok' } } });
  await server.services.store.close();
  expect(await at('/healthz')).toEqual({ status: 200, body: { status: 'ok' } });
  expect(await at('/readyz')).toEqual({
    status: 503,
    body: { status: 'unavailable', checks: { store: 'failing', engine: 'ok' } },
  });
  await server.stop();
  await expect(at('/healthz')).rejects.toThrow('ECONNREFUSED');
});

it('counts requests by route and runs by status, and names no connector, connection or flow', async () => {
  const server = await startThingsPlatform((_request, response) => answerJson(response, 200, {}));
  onTestFinished(() => server.stop());
  const flow = await server.deploy(sayHello);
  await server.run(flow);
  await server.call('GET', `${server.runtimePath}/things`);
  const { headers, body } = await send(server.origin, { path: '/metrics' });
  expect(headers['content-type']).toBe('text/plain; version=0.0.4; charset=utf-8');
  const lines = String(body).split('\n');
  expect(lines.filter((line) => /^patchbay_runs_total|duration_seconds_count.*apim/.test(line))).toEqual([
    'patchbay_http_request_duration_seconds_count{method="GET",route="/apim/:connector/:connection/*",status="2xx"} 1',
    'patchbay_runs_total{status="Started"} 1',
    'patchbay_runs_total{status="Succeeded"} 1',
  ]);
  const names = [flow, server.connection, server.connector, server.administrator.id];
  expect(names.filter((name) => String(body).includes(name))).toEqual([]);
});

it('shows metrics behind a proxy only to who is signed in or has the token', async () => {
  const server = await startTestPlatform({
    PATCHBAY_PUBLIC_URL: 'http://localhost.example:8080',
    PATCHBAY_METRICS_TOKEN: 'a-token-for-prometheus',
  });
  onTestFinished(() => server.stop());
  const socket = `http://127.0.0.1:${server.services.configuration.port}`;
  const at = async (headers: { readonly [name: string]: string }) =>
    (await send(socket, { path: '/metrics', headers })).status;
  expect({
    nothing: await at({}),
    wrong: await at({ authorization: 'Bearer another-token-entirely' }),
    right: await at({ authorization: 'Bearer a-token-for-prometheus' }),
  }).toEqual({ nothing: 401, wrong: 401, right: 200 });
});

it('shows metrics on this machine to this machine, and to whoever is signed in', async () => {
  const server = await startTestPlatform();
  onTestFinished(() => server.stop());
  const maker = await signIn(server.services, await addAccount(server.services, 'maker', 'watcher'));
  const { access_token } = await signInDevice(server.services, maker);
  const at = async (remoteAddress: string, headers = {}) =>
    (await server.platform.app.inject({ url: '/metrics', remoteAddress, headers })).statusCode;
  expect({
    here: await at('127.0.0.1'),
    here6: await at('::1'),
    elsewhere: await at('10.0.0.1'),
    elsewhereSignedIn: await at('10.0.0.1', { authorization: `Bearer ${access_token}` }),
  }).toEqual({ here: 200, here6: 200, elsewhere: 401, elsewhereSignedIn: 200 });
});
