import { randomUUID } from 'node:crypto';
import type { AccountRow } from '@patchbay/store';
import { createSignInLink } from '../identity/sign-in-links.ts';
import type { Services } from '../services/services.ts';
import { Browser, formOf } from './browser.ts';
import { send } from './http-client.ts';

/** Somebody who is signed in in a browser: what a request of theirs carries. */
export type Visitor = {
  readonly account: AccountRow;
  readonly browser: Browser;
  readonly csrfToken: string;
  /** Cookie and CSRF token. */
  readonly headers: { readonly [name: string]: string };
};

/** Makes an account of a role. */
export async function addAccount({ store }: Services, role: AccountRow['role'], name: string): Promise<AccountRow> {
  const account: AccountRow = {
    id: randomUUID(),
    email: `${name}@example.org`,
    displayName: name,
    role,
    createdAtMs: Date.now(),
  };
  await store.accounts.insert(account);
  return account;
}

/** Signs an account in through a one-time link, the whole OpenID Connect way. */
export async function signIn(services: Services, account: AccountRow): Promise<Visitor> {
  const browser = new Browser(services.origin);
  await browser.visit(await createSignInLink(services.store, services.origin, account.id));
  const { body, status } = await browser.send({ path: '/api/session' });
  if (status !== 200) throw new Error(`signing in ended with ${status}: ${JSON.stringify(body)}`);
  const { csrfToken } = body as { readonly csrfToken: string };
  return { account, browser, csrfToken, headers: { cookie: browser.cookie, 'x-csrf-token': csrfToken } };
}

export type DeviceTokens = { readonly access_token: string; readonly refresh_token: string };

/** Signs a command line in by the device flow, confirmed in the person's browser; the token answer. */
export async function signInDevice(services: Services, { browser }: Visitor): Promise<DeviceTokens> {
  const { origin } = services;
  const device = await beginDevice(origin);
  const { last } = await browser.visit(device.verification_uri_complete);
  const entered = formOf(String(last.body));
  const confirm = await browser.submit(entered.action, entered.fields);
  // Opened with the code in it, the provider's first page submits itself; what follows asks for the confirmation.
  const confirmation = formOf(String(confirm.last.body));
  if (confirmation.fields['confirm'] !== undefined) await browser.submit(confirmation.action, confirmation.fields);
  const { status, body } = await redeemDevice(origin, device.device_code);
  if (status !== 200) throw new Error(`the device flow ended with ${status}: ${JSON.stringify(body)}`);
  return body as DeviceTokens;
}

export type DeviceAuthorization = {
  readonly device_code: string;
  readonly user_code: string;
  readonly verification_uri: string;
  readonly verification_uri_complete: string;
};

/** The command line asks for a code (RFC 8628 §3.1). */
export async function beginDevice(origin: string): Promise<DeviceAuthorization> {
  const { body } = await send(origin, {
    method: 'POST',
    path: '/oidc/device/auth',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: 'patchbay-cli',
      scope: 'openid offline_access',
      resource: origin,
    }).toString(),
  });
  return body as DeviceAuthorization;
}

/** The command line asks whether the code was confirmed (RFC 8628 §3.4). */
export function redeemDevice(origin: string, deviceCode: string) {
  return send(origin, {
    method: 'POST',
    path: '/oidc/token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      client_id: 'patchbay-cli',
      grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
      device_code: deviceCode,
      resource: origin,
    }).toString(),
  });
}
