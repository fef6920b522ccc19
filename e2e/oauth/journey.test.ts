import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type ApiProvider, startApiProvider } from '../../packages/server/src/test-platform/api-provider.ts';
import { membersDefinition, membersProperties } from '../../packages/server/src/test-platform/members.ts';
import { createConnector } from '../platform/maker.ts';
import { type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import type { signInWithLink } from '../platform/signed-in-client.ts';
import { launchBrowser, namelessControls, openPage, takePicture, whyNoBrowser } from '../portal/browser.ts';

const missing = whyNoBrowser();
const context: { browser?: Browser; server?: ServerProcess; provider?: ApiProvider } = {};

beforeAll(async () => {
  if (missing !== undefined) return;
  context.provider = await startApiProvider();
  context.server = await startServerProcess({ environment: { PATCHBAY_SIGN_IN_LINK: 'always' } });
  context.browser = await launchBrowser();
});

afterAll(async () => {
  await context.browser?.close();
  await context.server?.dispose();
  await context.provider?.stop();
});

it.skipIf(missing !== undefined)(
  `connects with OAuth 2.0 from the description to the first call${missing === undefined ? '' : ` (${missing})`}`,
  async () => {
    const { browser, server, provider } = context;
    if (browser === undefined || server === undefined || provider === undefined) throw new Error('nothing runs');
    const { page, complaints } = await openPage(browser);
    await page.goto(server.signInLink());
    await page.getByRole('heading', { name: 'Flows' }).waitFor();
    const cookies = await page.context().cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const session = await page.request.get(`${server.origin}/api/session`);
    const { csrfToken } = (await session.json()) as { readonly csrfToken: string };
    const connector = await createConnector(clientOf(server.origin, cookie, csrfToken), {
      ...membersProperties(provider, { redirectMode: 'Global' }),
      openApiDefinition: membersDefinition(provider),
    });

    await page.goto(`${server.origin}/connectors/${connector}`);
    await page.getByRole('tab', { name: 'Security' }).click();
    await page.getByText('This connector shares its redirect URL with others').waitFor();
    await takePicture(page, 'oauth-1-shared-redirect');
    await page.getByRole('button', { name: 'Use a redirect URL of its own' }).click();
    const own = `${server.origin}/oauth/redirect/${connector.replace('shared_', '')}`;
    await page.getByText(own).waitFor();
    const { clientId, clientSecret } = await provider.register({
      redirect_uris: [own],
      grant_types: ['authorization_code', 'refresh_token'],
      token_endpoint_auth_method: 'client_secret_post',
      client_name: 'Patchbay',
    });
    await page.getByLabel('Client ID').fill(clientId);
    await page.getByLabel('Client secret').fill(clientSecret);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('A secret is kept. Leave this empty to keep it.').waitFor();
    expect(await namelessControls(page)).toEqual([]);
    await takePicture(page, 'oauth-2-security');

    await page.getByRole('button', { name: 'Connect' }).click();
    await page.getByRole('button', { name: 'Create and sign in' }).waitFor();
    await takePicture(page, 'oauth-3-new-connection');
    await page.getByRole('button', { name: 'Create and sign in' }).click();
    await page.getByRole('heading', { name: 'Link your account' }).waitFor();
    await takePicture(page, 'oauth-4-consent');
    await page.getByRole('button', { name: /Continue to/ }).click();

    await page.getByPlaceholder('Enter any login').fill('ada-at-the-api');
    await page.getByPlaceholder('and password').fill('any');
    await page.getByRole('button', { name: 'Sign-in' }).click();
    await page.getByRole('button', { name: 'Continue' }).click();

    await page.getByText('Connected').waitFor();
    await page.getByRole('button', { name: 'Test' }).click();
    await page.getByText('It works').waitFor();
    await page.getByText('ada-at-the-api').waitFor();
    await takePicture(page, 'oauth-5-connected');
    expect(await namelessControls(page)).toEqual([]);
    // The provider's own pages ask for a font of the internet.
    expect(complaints.filter((one) => one.includes(server.origin))).toEqual([]);
    expect(await provider.counts()).toEqual({ 'authorization_code given': 1, apiCalls: 1 });
    await page.close();
  },
);

/** Speaks to the server in the browser's own session. */
function clientOf(origin: string, cookie: string, csrfToken: string): Awaited<ReturnType<typeof signInWithLink>> {
  const headers = { cookie, 'x-csrf-token': csrfToken, origin };
  const send = async (method: string, path: string, body?: unknown) => {
    const response = await fetch(new URL(path, origin), {
      method,
      headers: { ...headers, 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return { status: response.status, headers: response.headers, body: (await response.json()) as unknown };
  };
  return { origin, headers, get: (path) => send('GET', path), send };
}
