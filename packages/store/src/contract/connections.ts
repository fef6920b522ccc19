import type { SealedSecret } from '@patchbay/credential';

export type ConnectionRow = {
  readonly name: string;
  readonly connectorName: string;
  readonly environmentId: string;
  readonly displayName: string;
  /** Connection parameters that are not secret, JSON text. */
  readonly parameters: string;
  /** Which parameter set, for a connector that has several. */
  readonly parameterSet?: string;
  readonly secret?: SealedSecret;
  readonly status: 'Connected' | 'Error';
  readonly statusError?: { readonly code: string; readonly message: string };
  /** Whose account at the API it is, as far as the identity provider said. */
  readonly accountName?: string;
  readonly revision: number;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
};

export interface ConnectionRepository {
  list(environmentId: string, connectorName?: string): Promise<readonly ConnectionRow[]>;
  find(name: string): Promise<ConnectionRow | undefined>;
  insert(row: ConnectionRow): Promise<void>;
  update(row: ConnectionRow, expectedRevision: number): Promise<boolean>;
  delete(name: string): Promise<boolean>;
}
