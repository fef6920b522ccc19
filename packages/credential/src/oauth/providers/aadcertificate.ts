import type { IdentityProvider } from '../contract.ts';
import { aad } from './aad.ts';

/** Microsoft Entra ID, where the client proves itself with a certificate. */
export const aadcertificate: IdentityProvider = {
  ...aad,
  name: 'aadcertificate',
  clientAuthentication: 'private_key_jwt',
};
