export type AccountRow = {
  readonly id: string;
  readonly email: string;
  readonly displayName: string;
  /** `none`: signed in and allowed nothing. */
  readonly role: 'administrator' | 'maker' | 'none';
  /** scrypt hash of a local account; absent until a password is set. */
  readonly passwordHash?: string;
  readonly createdAtMs: number;
};

export interface AccountRepository {
  list(): Promise<readonly AccountRow[]>;
  find(id: string): Promise<AccountRow | undefined>;
  findByEmail(email: string): Promise<AccountRow | undefined>;
  insert(row: AccountRow): Promise<void>;
  update(id: string, change: Partial<Pick<AccountRow, 'displayName' | 'role' | 'passwordHash'>>): Promise<boolean>;
}
