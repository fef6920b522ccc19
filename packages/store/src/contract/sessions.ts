/** A portal session. The id is the SHA-256 of the cookie's secret. */
export type SessionRow = {
  readonly id: string;
  readonly accountId: string;
  readonly csrfToken: string;
  readonly createdAtMs: number;
  readonly expiresAtMs: number;
};

/** A one-time sign-in link. The id is the SHA-256 of the link's secret. */
export type SignInLinkRow = { readonly id: string; readonly accountId: string; readonly expiresAtMs: number };

export interface SessionRepository {
  find(id: string, nowMs: number): Promise<SessionRow | undefined>;
  insert(row: SessionRow): Promise<void>;
  delete(id: string): Promise<void>;
  /** Ends the sessions of an account, all but one. */
  deleteOthers(accountId: string, keptId: string): Promise<void>;
  deleteExpired(nowMs: number): Promise<void>;
  insertSignInLink(row: SignInLinkRow): Promise<void>;
  /** Answers the link and removes it, so that of two uses one wins. */
  takeSignInLink(id: string, nowMs: number): Promise<SignInLinkRow | undefined>;
}
