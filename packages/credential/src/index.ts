export { type Authenticated, applyCredential, type Unauthenticated } from './apply-credential.ts';
export type { Credential, SealedSecret, SecretValues, Vault } from './contract.ts';
export { CredentialError, type CredentialErrorCode } from './errors.ts';
export { generateMasterKey, parseMasterKey } from './master-key.ts';
export { createRedactor, type Redactor, redactValue, secretsOf } from './redactor.ts';
export { createVault, rewrap } from './vault.ts';
