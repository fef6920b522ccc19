import { randomBytes } from 'node:crypto';
import type { SealedSecret, Vault } from '@patchbay/credential';
import type { Store } from '@patchbay/store';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, type JWK } from 'jose';

const settingName = 'identity.keys';

/** The embedded issuer's own secrets. */
export type SigningKeys = {
  readonly privateJwks: readonly JWK[];
  readonly publicJwks: readonly JWK[];
  readonly cookieKeys: readonly string[];
};

/** The keys that tokens and cookies are signed with: made at the first start, kept sealed in the store. */
export async function loadSigningKeys(store: Store, vault: Vault): Promise<SigningKeys> {
  const kept =
    (await store.settings.find(settingName)) ??
    (await store.settings.putIfAbsent(settingName, JSON.stringify(await createKeys(vault))));
  // What `createKeys` made, here or in another process.
  const { jwk = '{}', cookieKey = '' } = await vault.open(JSON.parse(kept) as SealedSecret, settingName);
  return toSigningKeys(JSON.parse(jwk) as JWK, cookieKey);
}

async function createKeys(vault: Vault): Promise<SealedSecret> {
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const exported = await exportJWK(privateKey);
  const jwk: JWK = { ...exported, alg: 'ES256', use: 'sig', kid: await calculateJwkThumbprint(exported) };
  const cookieKey = randomBytes(32).toString('base64url');
  return vault.seal({ jwk: JSON.stringify(jwk), cookieKey }, settingName);
}

function toSigningKeys(jwk: JWK, cookieKey: string): SigningKeys {
  const { d: _private, ...publicJwk } = jwk;
  return { privateJwks: [jwk], publicJwks: [publicJwk], cookieKeys: [cookieKey] };
}
