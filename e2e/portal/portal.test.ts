import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import { launchBrowser, namelessControls, openPage, takePicture, whyNoBrowser } from './browser.ts';

const missing = whyNoBrowser();
const needs = missing === undefined ? '' : ` (${missing})`;
const context: { browser?: Browser; server?: ServerProcess; page?: Page; complaints?: readonly string[] } = {};

beforeAll(async () => {
  if (missing !== undefined) return;
  context.server = await startServerProcess();
  context.browser = await launchBrowser();
  Object.assign(context, await openPage(context.browser));
});

afterAll(async () => {
  await context.browser?.close();
  await context.server?.dispose();
});

/** The page that the journey is on; each test goes on where the one before it stopped. */
function journey(): { readonly page: Page; readonly server: ServerProcess } {
  const { page, server } = context;
  if (page === undefined || server === undefined) throw new Error('the journey has not begun');
  onTestFinished(async () => {
    expect(context.complaints).toEqual([]);
    expect(await namelessControls(page)).toEqual([]);
  });
  return { page, server };
}

const test = it.skipIf(missing !== undefined);

test(`greets a person who is not signed in${needs}`, async () => {
  const { page, server } = journey();
  await page.goto(server.origin);
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
  await takePicture(page, '01-welcome');
});

test(`signs in with the printed link, once${needs}`, async () => {
  const { page, server } = journey();
  await page.goto(server.signInLink());
  await page.getByRole('heading', { name: 'Flows' }).waitFor();
  await page.getByRole('link', { name: 'Remind of overdue loans' }).waitFor();
  await takePicture(page, '02-flows');
});

test(`shows the run that the start made, step by step${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('link', { name: 'Remind of overdue loans' }).click();
  await page.getByRole('table', { name: 'Runs' }).getByRole('link').first().click();
  await page.getByRole('button', { name: /For each overdue loan/ }).click();
  await page.getByRole('button', { name: /Send reminder/ }).click();
  await page.getByText('L0001').first().waitFor();
  await takePicture(page, '03-run');
});

test(`shows a connector with its actions${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('link', { name: 'Connectors' }).click();
  await page.getByRole('link', { name: 'Library loans' }).click();
  await page.getByRole('button', { name: /Borrow a book/ }).click();
  await page.getByText('Lends a copy of a book').waitFor();
  await takePicture(page, '04-connector');
});

test(`says where a description is wrong, and imports a good one${needs}`, async () => {
  const { page, server } = journey();
  await page.getByRole('link', { name: 'Connectors' }).click();
  await page.getByRole('button', { name: 'Import a description' }).click();
  await page.getByLabel('Or paste the document').fill('{\n  "title": "Notes"\n}');
  await page.getByLabel('Or paste the document').blur();
  await page.getByText('This is no description of an API').first().waitFor();
  await takePicture(page, '05-finding');
  const file = join(server.dataFolder, 'weather.json');
  await writeFile(
    file,
    JSON.stringify({
      swagger: '2.0',
      info: { title: 'Weather', version: '1', description: 'Tells the weather.' },
      host: new URL(server.origin).host,
      schemes: ['http'],
      securityDefinitions: { api_key: { type: 'apiKey', in: 'header', name: 'x-key' } },
      security: [{ api_key: [] }],
      paths: {
        '/healthz': {
          get: { operationId: 'Health', summary: 'Ask for the health', responses: { 200: { description: 'Good' } } },
        },
      },
    }),
  );
  await page.getByLabel('Files of the description').setInputFiles(file);
  await page.getByText('The description is good').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('heading', { name: 'Weather' }).waitFor();
});

test(`connects, and tries the connection without showing its secret${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByLabel('API key').fill('a-secret-that-nobody-sees');
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Test' }).click();
  await page.getByText('It works').waitFor();
  expect(await page.content()).not.toContain('a-secret-that-nobody-sees');
  await takePicture(page, '06-connection-test');
});

test(`goes on from a step of a call with an edited value${needs}`, async () => {
  const { page } = journey();
  const steps = page.getByRole('region', { name: 'Steps' });
  await steps.getByRole('button', { name: 'The credential is put on' }).click();
  const after = steps.getByLabel('After authenticate');
  expect(JSON.parse(await after.inputValue())).toMatchObject({ headers: { 'x-key': '***' } });
  await after.fill((await after.inputValue()).replace('/healthz"', '/healthz?edited=yes"'));
  await steps.getByRole('button', { name: 'Replay from here', exact: true }).click();
  await page.getByText('Nothing was sent').waitFor();
  await page.getByText('/healthz?edited=yes').first().waitFor();
  await steps.getByText('edited', { exact: true }).waitFor();
  await steps.getByRole('button', { name: 'Replay from here and send' }).first().click();
  await page.getByText('It works').waitFor();
  expect(await page.content()).not.toContain('a-secret-that-nobody-sees');
  await takePicture(page, '06-replay');
});

test(`shows what is wrong with a flow where it stands, before it is deployed${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('link', { name: 'Flows' }).click();
  await page.getByRole('button', { name: 'New flow' }).click();
  const editor = page.getByLabel('Definition');
  await editor.fill(`{
  "actions": {
    "Tell": { "type": "Compose", "inputs": "@body('Gone')" }${'\n'.repeat(200)}
  }
}`);
  await page.getByLabel('Name', { exact: true }).click();
  await page.getByText('there is no action named "Gone"').waitFor();
  await editor.evaluate((element) => element.scrollTo(0, element.scrollHeight));
  await page.getByRole('button', { name: '3:34' }).click();
  const shown = await editor.evaluate((element) => {
    const { value, selectionStart, selectionEnd, scrollTop } = element as HTMLTextAreaElement;
    return { selected: value.slice(selectionStart, selectionEnd), scrollTop };
  });
  expect(shown).toEqual({ selected: `"inputs": "@body('Gone')" }`, scrollTop: 0 });
  await editor.fill('{"actions": {"Tell": {"type": "Compose", "inputs": "hello"}}}');
  await page.getByLabel('Name', { exact: true }).click();
  await page.getByText('The flow is good').waitFor();
});

test(`runs a flow and shows what failed${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('link', { name: 'Flows' }).click();
  await page.getByRole('button', { name: 'New flow' }).click();
  await page.getByLabel('Definition').fill(
    JSON.stringify({
      triggers: { manual: { type: 'Request', kind: 'Http', inputs: {} } },
      actions: {
        Time: { type: 'Compose', inputs: '@utcNow()', runAfter: {} },
        Name: { type: 'Compose', inputs: "@triggerBody()['name']", runAfter: { Time: ['Succeeded'] } },
        Greeting: { type: 'Compose', inputs: "@concat('Hello ', outputs('Name'))", runAfter: { Name: ['Succeeded'] } },
      },
    }),
  );
  await page.getByLabel('Name', { exact: true }).fill('Greet');
  await page.getByRole('button', { name: 'Deploy' }).click();
  await page.getByRole('heading', { name: 'Greet' }).waitFor();
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page.getByText("property 'name' doesn't exist").first().waitFor();
  await takePicture(page, '07-failed-run');
});

test(`repeats a run from the step that failed, and as a whole${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('button', { name: 'Run again from here' }).click();
  await page.getByText('from Name on').waitFor();
  await page.getByText("property 'name' doesn't exist").first().waitFor();
  await page.getByRole('navigation', { name: 'Steps' }).getByRole('button', { name: /Time/ }).click();
  await page.getByText('Kept from the earlier run').waitFor();
  const repeated = page.url();
  await page.getByRole('button', { name: 'Run again', exact: true }).click();
  await page.waitForURL((url) => url.href !== repeated);
  await page.getByText('Repeats').waitFor();
  await page.getByRole('link', { name: 'an earlier run' }).click();
  await page.waitForURL(repeated);
});

test(`changes a flow, and pages through what it has run since${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('link', { name: 'Flows' }).click();
  await page.getByRole('link', { name: 'Greet', exact: true }).click();
  await page.getByRole('button', { name: 'Change' }).click();
  const editor = page.getByLabel('Definition');
  await editor.fill(
    (await editor.inputValue()).replace("triggerBody()['name']", "coalesce(triggerBody()?['name'], 'you')"),
  );
  await page.getByLabel('Name', { exact: true }).fill('Greet politely');
  await page.getByText('The flow is good').waitFor();
  await takePicture(page, '07-change-flow');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Greet politely' }).waitFor();
  await page.getByRole('button', { name: 'Show the address' }).click();
  const address = await page.locator('code.mono').innerText();
  for (let count = 0; count < 51; count += 1) expect((await fetch(address, { method: 'POST' })).status).toBe(202);
  const rows = page.getByRole('table', { name: 'Runs' }).getByRole('row');
  await page.reload();
  await page.getByRole('button', { name: 'Older runs' }).waitFor();
  expect(await rows.count()).toBe(51);
  await page.getByRole('button', { name: 'Older runs' }).click();
  await page.getByText('Failed').first().waitFor();
  await page.getByRole('button', { name: 'Older runs' }).waitFor({ state: 'detached' });
  await page.getByLabel('Only runs with this status').click();
  await page.getByRole('option', { name: 'Failed' }).click();
  const succeeded = page.getByText('Succeeded', { exact: true });
  await rows.filter({ has: succeeded }).first().waitFor({ state: 'detached' });
});

test(`says what a flow hides, and what is wrong below its line${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('link', { name: 'Flows' }).click();
  await page.getByRole('button', { name: 'New flow' }).click();
  const secureData = { properties: ['outputs'] };
  await page.getByLabel('Definition').fill(
    JSON.stringify({
      triggers: { manual: { type: 'Request', kind: 'Http', inputs: {}, runtimeConfiguration: { secureData } } },
      actions: { Add: { type: 'Compose', inputs: "@add('1', 1)", runAfter: {} } },
    }),
  );
  await page.getByLabel('Name', { exact: true }).fill('Keep a secret');
  await page.getByRole('button', { name: 'Deploy' }).click();
  await page.getByRole('tab', { name: 'Definition' }).click();
  const told = page.getByRole('region', { name: 'Definition' }).getByText('It fails whenever it is evaluated');
  await page.getByRole('table', { name: 'Findings' }).getByRole('button').click();
  await told.waitFor();
  await page.getByRole('button', { name: 'Run now' }).click();
  await page.getByRole('button', { name: 'Run', exact: true }).click();
  await page
    .getByRole('navigation', { name: 'Steps' })
    .getByRole('button', { name: /manual/ })
    .click();
  await page.getByText('Not shown: the flow secures these outputs').waitFor();
});

test(`takes a flow away as a package, and brings it back${needs}`, async () => {
  const { page, server } = journey();
  await page.getByRole('link', { name: 'Flows' }).click();
  await page.getByRole('link', { name: 'Greet politely' }).click();
  const started = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Download' }).click();
  await page.getByRole('menuitem', { name: 'Flow package (Power Automate)' }).click();
  const saved = await started;
  const path = join(server.dataFolder, saved.suggestedFilename());
  await saved.saveAs(path);
  await page.getByText('other products take it for one of Power Automate').waitFor();
  await page.getByRole('link', { name: 'Flows' }).click();
  await page.getByRole('button', { name: 'New flow' }).click();
  await page.getByLabel('File of the flow').setInputFiles(path);
  await page.getByLabel('Name', { exact: true }).fill('Greet again');
  await page.getByRole('button', { name: 'Deploy' }).click();
  await page.getByRole('heading', { name: 'Greet again' }).waitFor();
  expect(saved.suggestedFilename()).toBe('Greet politely.zip');
});

test(`shows how a trigger polls its API, and takes another state${needs}`, async () => {
  const { page, server } = journey();
  let id = 1;
  const api = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify([{ id, text: 'News' }]));
  });
  await new Promise<void>((listening) => api.listen(0, '127.0.0.1', listening));
  onTestFinished(() => {
    api.closeAllConnections();
    api.close();
  });
  const { port } = api.address() as AddressInfo;
  const described = join(server.dataFolder, 'news.json');
  await writeFile(described, JSON.stringify(newsDefinition(port)));
  await page.goto(`${server.origin}/connectors`);
  await page.getByRole('button', { name: 'Import a description' }).click();
  await page.getByLabel('Files of the description').setInputFiles(described);
  await page.getByText('The description is good').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByRole('button', { name: 'Connect', exact: true }).click();
  await page.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('button', { name: 'Explain without sending' }).waitFor();
  await page.getByRole('link', { name: 'Flows' }).click();
  await page.getByRole('button', { name: 'New flow' }).click();
  const host = { connectionName: 'news', operationId: 'OnNews' };
  await page.getByLabel('Definition').fill(
    JSON.stringify({
      triggers: {
        News: {
          type: 'OpenApiConnection',
          recurrence: { frequency: 'Hour', interval: 1 },
          inputs: { host, parameters: {} },
        },
      },
      actions: { Keep: { type: 'Compose', inputs: '@triggerBody()', runAfter: {} } },
    }),
  );
  await page.getByRole('combobox', { name: 'Connection for' }).click();
  await page.getByRole('option', { name: 'News' }).click();
  await page.getByLabel('Name', { exact: true }).fill('Read the news');
  await page.getByRole('button', { name: 'Deploy' }).click();
  await page.getByRole('heading', { name: 'Read the news' }).waitFor();
  const card = page.getByRole('region', { name: 'Trigger' });
  await card.getByRole('button', { name: 'Show the state' }).click();
  const state = card.getByLabel('State of the poll');
  await expect.poll(() => state.inputValue(), { timeout: 15_000 }).toContain('"seen"');
  // What was seen is seen no more, so the next poll brings it.
  await state.fill('{"seen": []}');
  await card.getByRole('button', { name: 'Save the state' }).click();
  await expect.poll(() => state.inputValue(), { timeout: 15_000 }).toBe(JSON.stringify({ seen: [] }, null, 2));
  await takePicture(page, '08-trigger-state');
  id = 2;
  await card.getByRole('button', { name: 'Check now' }).click();
  await page.getByRole('table', { name: 'Runs' }).getByRole('link').first().waitFor();
});

test(`sets variables and limits of the environment, and shows no secret${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('link', { name: 'Environment' }).click();
  const variables = page.getByRole('region', { name: 'Variables' });
  const set = async (name: string, value: string): Promise<void> => {
    await variables.getByLabel('Name of the variable').fill(name);
    await variables.getByLabel('Its value').fill(value);
    await variables.getByRole('button', { name: 'Set the variable' }).click();
    await variables.getByRole('cell', { name, exact: true }).waitFor();
  };
  await set('region', 'eu-west');
  await variables.getByText('eu-west').waitFor();
  await variables.getByLabel('Secret').click();
  await set('api_secret', 'a-value-that-nobody-sees');
  expect(await page.content()).not.toContain('a-value-that-nobody-sees');
  const limits = page.getByRole('region', { name: 'Limits' });
  await limits.getByLabel('Requests a minute').fill('120');
  await limits.getByLabel('Longest call (seconds)').fill('30');
  await limits.getByRole('button', { name: 'Save the limits' }).click();
  await expect.poll(() => limits.getByRole('button', { name: 'Save the limits' }).isDisabled()).toBe(true);
  await page.reload();
  await expect.poll(() => limits.getByLabel('Longest call (seconds)').inputValue(), { timeout: 15_000 }).toBe('30');
  expect(await limits.getByLabel('Requests a minute').inputValue()).toBe('120');
  const history = page.getByRole('region', { name: 'History' });
  await history.getByLabel('Days after their end').fill('28');
  await history.getByRole('button', { name: 'Save how long runs are kept' }).click();
  await expect.poll(() => history.getByRole('button', { name: /^Save/ }).isDisabled()).toBe(true);
  expect(await history.getByLabel('Runs of each flow').inputValue()).toBe('0');
  await takePicture(page, '09-environment');
  await variables.getByRole('button', { name: 'Delete region' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete region' }).click();
  await variables.getByText('eu-west').waitFor({ state: 'detached' });
});

test(`confirms a sign-in of the command line, without signing in again${needs}`, async () => {
  const { page, server } = journey();
  const about = (await (await fetch(`${server.origin}/api/about`)).json()) as { readonly cliClientId: string };
  const answer = await fetch(`${server.origin}/oidc/device/auth`, {
    method: 'POST',
    body: new URLSearchParams({ client_id: about.cliClientId, scope: 'openid offline_access' }),
  });
  const device = (await answer.json()) as { readonly verification_uri_complete: string; readonly user_code: string };
  await page.goto(device.verification_uri_complete);
  await page.getByText(device.user_code).waitFor();
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'You are signed in' }).waitFor();
  await page.goto(server.origin);
});

test(`signs out${needs}`, async () => {
  const { page } = journey();
  await page.getByRole('button', { name: 'Administrator' }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).click();
  await page.getByRole('link', { name: 'Sign in' }).waitFor();
});

test(`refuses a link that was used${needs}`, async () => {
  const { server, browser } = context;
  if (server === undefined || browser === undefined) throw new Error('the journey has not begun');
  const { page } = await openPage(browser);
  await page.goto(server.signInLink());
  await page.getByText('This link does not work any more').waitFor();
  await takePicture(page, '10-used-link');
});

/** An API whose list of news is asked again and again. */
function newsDefinition(port: number): object {
  return {
    swagger: '2.0',
    info: { title: 'News', version: '1', description: 'Tells the news.' },
    host: `127.0.0.1:${port}`,
    schemes: ['http'],
    paths: {
      '/news': {
        get: {
          operationId: 'OnNews',
          summary: 'When there is news',
          'x-ms-trigger': 'batch',
          responses: { 200: { description: 'Good', schema: { type: 'array', items: { type: 'object' } } } },
        },
      },
    },
  };
}
