import type { Vault } from '@patchbay/credential';
import { asFetch, type Egress } from '@patchbay/egress';
import type { Store } from '@patchbay/store';
import { createLocalJWKSet, createRemoteJWKSet, customFetch, type JWTVerifyGetKey } from 'jose';
import type Provider from 'oidc-provider';
import type { ExternalIssuer } from '../configuration/issuer.ts';
import { type AccountDirectory, externalAccounts, localAccounts } from './account-directory.ts';
import { cliClientId, createIdentityProvider, portalClientId } from './provider.ts';
import { createRelyingParty, loopbackFetch, type RelyingParty } from './relying-party.ts';
import { loadSigningKeys } from './signing-keys.ts';
import { createTokenVerifier, type TokenVerifier } from './token-verifier.ts';

/** How people are known: the issuer, what it says of them, and whose accounts they are. */
export type Identity = {
  readonly issuer: string;
  readonly cliClientId: string;
  readonly accounts: AccountDirectory;
  readonly relyingParty: RelyingParty;
  readonly verifier: TokenVerifier;
  /** The embedded issuer, unless another one is configured. */
  readonly provider?: Provider;
};

export type IdentityOptions = {
  readonly store: Store;
  readonly vault: Vault;
  readonly egress: Egress;
  readonly origin: string;
  /** Where this server reaches itself. */
  readonly localOrigin: string;
  readonly external?: ExternalIssuer;
};

/** Sets up the embedded issuer, or another one by configuration; everything after that is the same. */
export async function createIdentity(options: IdentityOptions): Promise<Identity> {
  return options.external === undefined ? embedded(options) : external(options, options.external);
}

async function embedded({ store, vault, egress, origin, localOrigin }: IdentityOptions): Promise<Identity> {
  const issuer = `${origin}/oidc`;
  const keys = await loadSigningKeys(store, vault);
  const accounts = localAccounts(store);
  const publicKeys = createLocalJWKSet({ keys: [...keys.publicJwks] });
  return {
    issuer,
    cliClientId,
    accounts,
    provider: createIdentityProvider({ store, keys, origin }),
    relyingParty: createRelyingParty(
      { issuer, clientId: portalClientId, fetch: loopbackFetch(egress, origin, localOrigin) },
      origin,
    ),
    verifier: createTokenVerifier({ issuer, audience: [origin], keys: publicKeys, accounts }),
  };
}

function external({ store, egress, origin }: IdentityOptions, configured: ExternalIssuer): Identity {
  const { issuer, clientId, clientSecret } = configured;
  // The administrator names the issuer, so it may be on the own network.
  const send = asFetch(egress, { allow: ['loopback', 'private'] });
  const accounts = externalAccounts(store, configured);
  return {
    issuer,
    cliClientId: configured.cliClientId,
    accounts,
    relyingParty: createRelyingParty(
      { issuer, clientId, ...(clientSecret !== undefined && { clientSecret }), fetch: send },
      origin,
    ),
    verifier: createTokenVerifier({
      issuer,
      audience: [origin, clientId, configured.cliClientId],
      keys: discoveredKeys(issuer, send),
      accounts,
    }),
  };
}

/** The issuer's published keys, found through its discovery document when first needed. */
function discoveredKeys(issuer: string, send: typeof globalThis.fetch): JWTVerifyGetKey {
  let keys: Promise<JWTVerifyGetKey> | undefined;
  const load = async (): Promise<JWTVerifyGetKey> => {
    const response = await send(`${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`);
    const { jwks_uri: address } = (await response.json()) as { readonly jwks_uri: string };
    return createRemoteJWKSet(new URL(address), { [customFetch]: send });
  };
  return async (header, token) => {
    keys ??= load().catch((error: unknown) => {
      keys = undefined;
      throw error;
    });
    return (await keys)(header, token);
  };
}
