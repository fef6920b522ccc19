import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { Browser, formOf } from './test-platform/browser.ts';
import { send } from './test-platform/http-client.ts';
import { addAccount, signIn, signInDevice } from './test-platform/people.ts';
import { flows, startThingsPlatform } from './test-platform/start-things-platform.ts';
import { callThings, flowOf, thingsKey } from './test-platform/things.ts';
import { answerJson } from './test-platform/upstream.ts';

const password = 'correct horse battery staple';
const authenticationSecret = 'http-action-secret-51c2';

/** Names of those of the secrets that a text holds. */
function leaks(text: string, secrets: { readonly [name: string]: string }): readonly string[] {
  return Object.entries(secrets)
    .filter(([, secret]) => [secret, encodeURIComponent(secret)].some((form) => text.includes(form)))
    .map(([name]) => name);
}

it('writes no secret of a whole journey into its log, its history or, readable, its data folder', async () => {
  // An API that gives back what it was sent, in good answers and in bad ones.
  const server = await startThingsPlatform(({ headers, target }, response) => {
    if (target.endsWith('/reset')) response.socket?.resetAndDestroy();
    else answerJson(response, target.endsWith('/bad') ? 401 : 200, { key: headers['x-api-key'] === undefined });
  });
  onTestFinished(() => server.stop());
  const { services, origin, administrator, connection, apiId } = server;

  const person = await signIn(services, await addAccount(services, 'administrator', 'person'));
  await person.browser.send({
    method: 'PUT',
    path: '/api/account/password',
    headers: { 'x-csrf-token': person.csrfToken },
    body: { password },
  });
  const { body: made } = await server.call('POST', `/api/accounts/${person.account.id}/sign-in-link`);
  const link = new URL((made as { readonly signInLink: string }).signInLink);
  const other = new Browser(origin);
  await other.visit(link.href);
  const typed = new Browser(origin);
  const { action } = formOf(String((await typed.visit('/signin')).last.body));
  await typed.submit(action, { email: person.account.email, password: `${password}?` });
  await typed.submit(action, { email: person.account.email, password });
  const tokens = await signInDevice(services, await signIn(services, administrator));

  const flow = await server.deploy(
    flowOf({
      Good: callThings(apiId, 'GetThing', { id: 'good' }),
      Bad: { ...callThings(apiId, 'GetThing', { id: 'bad' }), runAfter: { Good: ['Succeeded'] } },
      Reset: { ...callThings(apiId, 'GetThing', { id: 'reset' }), runAfter: { Bad: ['Failed'] } },
      Http: {
        type: 'Http',
        inputs: {
          method: 'GET',
          uri: `${server.upstream.origin}/v1/things/http`,
          authentication: { type: 'Basic', username: 'me', password: authenticationSecret },
          retryPolicy: { type: 'none' },
        },
        runAfter: { Reset: ['Failed'] },
      },
    }),
  );
  const run = await server.run(flow, 'x');
  const { body: callback } = await server.call('POST', `${flows}/${flow}/triggers/manual/listCallbackUrl`);
  const url = new URL((callback as { readonly value: string }).value);
  await send(origin, { method: 'POST', path: url.pathname + url.search });
  await send(origin, { method: 'POST', path: `${url.pathname}${url.search}x` });
  for (const id of ['good', 'bad', 'reset']) {
    await server.call('GET', `${server.runtimePath}/things/${id}`);
    await server.call('POST', `/api/connections/${connection}/operations/GetThing/call`, { parameters: { id } });
    await server.call('POST', `/api/connections/${connection}/test`, { operationId: 'GetThing', parameters: { id } });
  }
  await send(origin, { path: '/api/session', headers: { authorization: `Bearer ${tokens.access_token}x` } });

  const sessionSecret = /patchbay_session=([\w-]+)/.exec(person.browser.cookie)?.[1] ?? '';
  const issuerCookie = /_session\.sig=([\w-]+)/.exec(person.browser.cookie)?.[1] ?? '';
  const secrets = {
    thingsKey,
    password,
    link: link.searchParams.get('link') ?? '',
    sessionSecret,
    accessToken: tokens.access_token,
    signature: url.searchParams.get('sig') ?? '',
  };
  const more = { ...secrets, csrfToken: person.csrfToken, refreshToken: tokens.refresh_token, issuerCookie };
  expect(Object.entries(more).filter(([, secret]) => secret.length < 12)).toEqual([]);
  expect(leaks(server.log(), more)).toEqual([]);
  expect(server.log()).toContain('"code":"SignatureInvalid"');

  const { body: page } = await server.call('GET', `/api/flows/${flow}/runs/${run}`);
  expect(leaks(JSON.stringify(page), { ...more, authenticationSecret })).toEqual([]);

  const files = await readdir(server.dataFolder, { recursive: true, withFileTypes: true });
  const contents = await Promise.all(
    files.filter((file) => file.isFile()).map((file) => readFile(join(file.parentPath, file.name), 'latin1')),
  );
  expect(contents.length).toBeGreaterThan(1);
  expect(leaks(contents.join(''), secrets)).toEqual([]);
  expect((await stat(join(server.dataFolder, 'master.key'))).mode & 0o777).toBe(0o600);
  expect((await stat(server.dataFolder)).mode & 0o077).toBe(0);
});
