import type { SealedSecret } from '@patchbay/credential';

/** A sign-in to an API that was begun and not ended. The id is the SHA-256 of what the browser or the provider brings back. */
export type PendingLinkRow = {
  readonly id: string;
  /** Where it stands: not yet agreed to, gone to the provider, back and to be confirmed by the client, or at another device. */
  readonly kind: 'consent' | 'provider' | 'confirmation' | 'device';
  readonly connectorName: string;
  readonly connectionName: string;
  readonly accountId: string;
  /** The portal session in which it goes on, once a browser has it. */
  readonly sessionId?: string;
  /** SHA-256 of a secret that only that browser has. */
  readonly browserHash?: string;
  /** What is needed to go on, sealed. */
  readonly secret: SealedSecret;
  readonly expiresAtMs: number;
};

export interface PendingLinkRepository {
  find(id: string, nowMs: number): Promise<PendingLinkRow | undefined>;
  /** Answers it and removes it, so that of two uses one wins. */
  take(id: string, nowMs: number): Promise<PendingLinkRow | undefined>;
  insert(row: PendingLinkRow): Promise<void>;
  deleteExpired(nowMs: number): Promise<void>;
}
