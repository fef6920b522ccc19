import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStore } from '@patchbay/store';
import { expect, it, onTestFinished } from 'vitest';
import { type ClaimSource, externalAccounts, type SubjectClaims } from './account-directory.ts';

const issuer = {
  issuer: 'https://login.example',
  clientId: 'portal',
  cliClientId: 'cli',
  administratorRole: 'admin',
};

async function directory(roles: { readonly roleClaim?: string; readonly makerRole?: string }) {
  const folder = mkdtempSync(join(tmpdir(), 'patchbay-accounts-'));
  const store = await openStore({ kind: 'sqlite', path: join(folder, 'patchbay.db') });
  onTestFinished(async () => {
    await store.close();
    rmSync(folder, { recursive: true });
  });
  const accounts = externalAccounts(store, { ...issuer, ...roles });
  return async (claims: SubjectClaims, source: ClaimSource = 'sign-in') => (await accounts.find(claims, source))?.role;
}

it('makes the first person administrator where no claim says who is', async () => {
  const roleOf = await directory({});
  expect([await roleOf({ sub: 'a' }), await roleOf({ sub: 'b' }), await roleOf({ sub: 'a' })]).toEqual([
    'administrator',
    'maker',
    'administrator',
  ]);
});

it('follows the claim at every sign-in, and takes an access token that is silent for no change', async () => {
  const roleOf = await directory({ roleClaim: 'roles', makerRole: 'make' });
  expect([
    await roleOf({ sub: 'a', roles: ['make'] }),
    await roleOf({ sub: 'a', roles: 'admin' }),
    await roleOf({ sub: 'a' }, 'access-token'),
    await roleOf({ sub: 'a', roles: ['make'] }, 'access-token'),
    await roleOf({ sub: 'a' }),
    await roleOf({ sub: 'b', roles: ['other'] }),
    await roleOf({ sub: 'c' }, 'access-token'),
  ]).toEqual(['maker', 'administrator', 'administrator', 'maker', 'none', 'none', 'none']);
});

it('takes everybody else for a maker where no value says who is one', async () => {
  const roleOf = await directory({ roleClaim: 'roles' });
  expect([await roleOf({ sub: 'a', roles: 'admin' }), await roleOf({ sub: 'b' })]).toEqual(['administrator', 'maker']);
});

it('keeps people with one address apart', async () => {
  const roleOf = await directory({ roleClaim: 'roles' });
  const email = 'same@example.org';
  expect([await roleOf({ sub: 'a', email, roles: 'admin' }), await roleOf({ sub: 'b', email })]).toEqual([
    'administrator',
    'maker',
  ]);
});
