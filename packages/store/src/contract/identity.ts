/** What the identity provider keeps (grants, codes, tokens): opaque payloads by model and id. */
export type IdentityRow = {
  readonly model: string;
  readonly id: string;
  readonly payload: string;
  readonly grantId?: string;
  readonly userCode?: string;
  readonly uid?: string;
  readonly consumedAtMs?: number;
  readonly expiresAtMs?: number;
};

export interface IdentityRepository {
  upsert(row: IdentityRow): Promise<void>;
  find(model: string, id: string): Promise<IdentityRow | undefined>;
  findByUserCode(model: string, userCode: string): Promise<IdentityRow | undefined>;
  findByUid(model: string, uid: string): Promise<IdentityRow | undefined>;
  consume(model: string, id: string, nowMs: number): Promise<void>;
  delete(model: string, id: string): Promise<void>;
  deleteByGrant(grantId: string): Promise<void>;
  /** Forgets every session, grant, code and token of an account. */
  deleteByAccount(accountId: string): Promise<void>;
  deleteExpired(nowMs: number): Promise<void>;
}
