import type { Store } from '@patchbay/store';
import Provider, { errors, type KoaContextWithOIDC, type Configuration as ProviderConfiguration } from 'oidc-provider';
import { IdentityAdapter } from './identity-adapter.ts';
import { confirmDevicePage, messagePage, signInPagePolicy, userCodePage } from './pages.ts';
import type { SigningKeys } from './signing-keys.ts';

export const portalClientId = 'patchbay-portal';
export const cliClientId = 'patchbay-cli';
/** The scope of access tokens for this server's own interfaces. */
const resourceScope = 'patchbay';
const minute = 60;
const hour = 60 * minute;
const day = 24 * hour;

/** The embedded OpenID Connect provider: local accounts, code flow for the portal, device flow for the command line. */
export function createIdentityProvider(options: {
  readonly store: Store;
  readonly keys: SigningKeys;
  readonly origin: string;
}): Provider {
  const provider = new Provider(`${options.origin}/oidc`, providerConfiguration(options));
  // The mount puts the public origin into every request and takes the caller's own forwarding headers away.
  provider.proxy = true;
  return provider;
}

function providerConfiguration({
  store,
  keys,
  origin,
}: Parameters<typeof createIdentityProvider>[0]): ProviderConfiguration {
  return {
    adapter: (model: string) => new IdentityAdapter(store.identity, model),
    jwks: { keys: keys.privateJwks.map((jwk) => ({ ...jwk })) as NonNullable<ProviderConfiguration['jwks']>['keys'] },
    cookies: { keys: [...keys.cookieKeys], long: { sameSite: 'lax' }, short: { sameSite: 'lax' } },
    clients: clients(origin),
    clientDefaults: { id_token_signed_response_alg: 'ES256' },
    enabledJWA: { idTokenSigningAlgValues: ['ES256'] },
    scopes: ['openid', 'offline_access', 'profile', 'email'],
    claims: { openid: ['sub'], profile: ['name'], email: ['email'] },
    // A code flow's answer carries the claims in the id token, so that the portal needs no second call.
    conformIdTokenClaims: false,
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      pushedAuthorizationRequests: { enabled: false },
      revocation: { enabled: true },
      deviceFlow: deviceFlow(),
      resourceIndicators: resourceIndicators(origin),
    },
    interactions: { url: (_ctx, interaction) => `/signin/interaction/${interaction.uid}` },
    pkce: { required: () => true },
    clientBasedCORS: () => false,
    findAccount: async (_ctx, sub) => {
      const account = await store.accounts.find(sub);
      if (account === undefined) return undefined;
      return {
        accountId: sub,
        claims: async () => ({ sub, email: account.email, name: account.displayName }),
      };
    },
    loadExistingGrant,
    issueRefreshToken: async (_ctx, client, source) =>
      client.grantTypeAllowed('refresh_token') && source.scopes.has('offline_access'),
    rotateRefreshToken: true,
    renderError: (ctx, out) => {
      showPage(
        ctx,
        messagePage('Sign-in did not work', out.error_description ?? out.error, {
          href: '/',
          text: 'Back to Patchbay',
        }),
      );
    },
    ttl: {
      AccessToken: hour,
      AuthorizationCode: minute,
      DeviceCode: 10 * minute,
      IdToken: hour,
      RefreshToken: 30 * day,
      Interaction: 30 * minute,
      Session: 14 * day,
      Grant: 30 * day,
    },
  };
}

function clients(origin: string): NonNullable<ProviderConfiguration['clients']> {
  return [
    {
      client_id: portalClientId,
      client_name: 'Patchbay',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code'],
      response_types: ['code'],
      redirect_uris: [`${origin}/signin/callback`],
    },
    {
      client_id: cliClientId,
      client_name: 'The Patchbay command line',
      // Not `native`, of which the issuer wants another consent each time: confirming the code is the consent.
      application_type: 'web',
      token_endpoint_auth_method: 'none',
      grant_types: ['urn:ietf:params:oauth:grant-type:device_code', 'refresh_token'],
      response_types: [],
      redirect_uris: [],
    },
  ];
}

function deviceFlow(): NonNullable<NonNullable<ProviderConfiguration['features']>['deviceFlow']> {
  return {
    enabled: true,
    userCodeInputSource: (ctx, form, _out, error) => {
      showPage(
        ctx,
        userCodePage(form, error === undefined ? undefined : 'That code is not right, or has expired. Try again.'),
      );
    },
    userCodeConfirmSource: (ctx, form, client, _device, userCode) => {
      showPage(ctx, confirmDevicePage(form, client.clientName ?? client.clientId, userCode));
    },
    successSource: (ctx) => {
      showPage(ctx, messagePage('You are signed in', 'The command line goes on by itself. You can close this page.'));
    },
  };
}

/** Access tokens are JWTs for this server and no other (RFC 8707, RFC 9068). */
function resourceIndicators(
  origin: string,
): NonNullable<NonNullable<ProviderConfiguration['features']>['resourceIndicators']> {
  return {
    enabled: true,
    defaultResource: () => origin,
    useGrantedResource: () => true,
    getResourceServerInfo: (_ctx, resource) => {
      if (resource.replace(/\/$/, '') !== origin) throw new errors.InvalidTarget();
      return {
        scope: resourceScope,
        audience: origin,
        accessTokenFormat: 'jwt',
        accessTokenTTL: hour,
        jwt: { sign: { alg: 'ES256' } },
      };
    },
  };
}

/** Both clients are part of the product, so signing in is the consent; the device flow has its own confirmation. */
async function loadExistingGrant(ctx: KoaContextWithOIDC) {
  const { session, client, provider } = ctx.oidc;
  const accountId = session?.accountId;
  if (client === undefined || accountId === undefined) return undefined;
  const grantId = session?.grantIdFor(client.clientId);
  const existing = grantId === undefined ? undefined : await provider.Grant.find(grantId);
  if (existing !== undefined && existing.accountId === accountId) return existing;
  const grant = new provider.Grant({ clientId: client.clientId, accountId });
  grant.addOIDCScope('openid profile email offline_access');
  for (const resource of Object.keys(ctx.oidc.resourceServers ?? {})) grant.addResourceScope(resource, resourceScope);
  await grant.save();
  return grant;
}

function showPage(ctx: KoaContextWithOIDC, html: string): void {
  ctx.type = 'html';
  ctx.set('content-security-policy', signInPagePolicy);
  ctx.body = html;
}
