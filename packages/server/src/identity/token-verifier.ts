import type { AccountRow } from '@patchbay/store';
import { errors, type JWTVerifyGetKey, jwtVerify } from 'jose';
import type { AccountDirectory } from './account-directory.ts';

export type VerifiedToken = { readonly account: AccountRow; readonly expiresAtMs: number };

/** Checks access tokens (RFC 9068) of the issuer and finds whose they are. */
export interface TokenVerifier {
  /** `undefined`: not a valid token of this issuer for this server, or nobody's. */
  verify(token: string): Promise<VerifiedToken | undefined>;
}

export function createTokenVerifier(options: {
  readonly issuer: string;
  readonly audience: readonly string[];
  readonly keys: JWTVerifyGetKey;
  readonly accounts: AccountDirectory;
}): TokenVerifier {
  const { issuer, audience, keys, accounts } = options;
  return {
    async verify(token) {
      const claims = await verifyClaims(token, keys, { issuer, audience: [...audience] });
      if (claims?.sub === undefined || claims.exp === undefined) return undefined;
      const account = await accounts.find({ ...claims, sub: claims.sub }, 'access-token');
      return account === undefined ? undefined : { account, expiresAtMs: claims.exp * 1000 };
    },
  };
}

async function verifyClaims(token: string, keys: JWTVerifyGetKey, expected: { issuer: string; audience: string[] }) {
  try {
    const { payload } = await jwtVerify(token, keys, {
      ...expected,
      requiredClaims: ['sub', 'exp'],
      algorithms: ['ES256', 'ES384', 'ES512', 'PS256', 'PS384', 'PS512', 'RS256', 'RS384', 'RS512', 'EdDSA'],
    });
    return payload;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}
