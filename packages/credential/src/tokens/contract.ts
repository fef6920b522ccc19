import type { SealedSecret } from '../contract.ts';
import type { TokenSet } from '../oauth/contract.ts';

/** A connection's tokens as they rest in the store. */
export type TokenRow = {
  readonly connectionName: string;
  /** Absent while nobody has signed in. */
  readonly sealed?: SealedSecret;
  /** Grows by one with every change. */
  readonly version: number;
  /** `dead`: the provider takes the grant no more; nobody asks it again before somebody signs in. */
  readonly state: 'live' | 'dead';
  /** After a failure that may pass: nobody asks before. */
  readonly retryAtMs?: number;
  /** What the last failure said, without secrets. */
  readonly problem?: string;
};

/** Where tokens are kept, shared by every process. */
export interface TokenStore {
  find(connectionName: string): Promise<TokenRow | undefined>;
  /** Writes when the stored version is still `row.version - 1`; a first row has version 1. */
  put(row: TokenRow): Promise<boolean>;
  remove(connectionName: string): Promise<void>;
  /** Takes the right to ask the provider for a connection's tokens, unless another owner holds it. A lease ends by itself. */
  lease(connectionName: string, owner: string, nowMs: number, untilMs: number): Promise<boolean>;
  release(connectionName: string, owner: string): Promise<void>;
}

/** Gets the next tokens after those that are there. Throws `CredentialError`. */
export type ObtainTokens = (tokens: TokenSet | undefined) => Promise<TokenSet>;
