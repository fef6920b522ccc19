export { type Authenticated, applyCredential, type Unauthenticated } from './apply-credential.ts';
export { type ClientCertificate, clientCertificateOf, combineCredentials } from './client-certificate.ts';
export type { Credential, SealedSecret, SecretValues, Vault } from './contract.ts';
export { CredentialError, type CredentialErrorCode } from './errors.ts';
export { generateMasterKey, parseMasterKey } from './master-key.ts';
export { authorizationHost, buildAuthorizationRequest } from './oauth/authorization-request.ts';
export { ClientTokens } from './oauth/client-tokens.ts';
export { discoverAddresses, discoveryAddress, withAddresses } from './oauth/complete-settings.ts';
export type {
  AuthorizationRequest,
  IdentityProvider,
  OAuthGrant,
  OAuthSettings,
  Texts,
  TokenSet,
} from './oauth/contract.ts';
export { discoverIssuer, type Issuer } from './oauth/discover-issuer.ts';
export { redeemCode } from './oauth/grants/authorization-code.ts';
export { beginDevice, type DeviceAuthorization, redeemDevice } from './oauth/grants/device-code.ts';
export { requestOnBehalfOf } from './oauth/grants/on-behalf-of.ts';
export { isUnattended, obtainTokens } from './oauth/obtain-tokens.ts';
export { findIdentityProvider } from './oauth/provider-table.ts';
export { type OAuthDescription, resolveOAuthSettings } from './oauth/resolve-settings.ts';
export type { OAuthAccess } from './oauth/token-request.ts';
export { createRedactor, type Redactor, redacted, redactValue, secretsOf } from './redactor.ts';
export { isSigning, type SignableRequest, signRequest } from './sign-request.ts';
export type { ObtainTokens, TokenRow, TokenStore } from './tokens/contract.ts';
export { TokenKeeper, type TokenKeeperOptions } from './tokens/token-keeper.ts';
export { createVault, rewrap } from './vault.ts';
