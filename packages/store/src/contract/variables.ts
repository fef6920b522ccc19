import type { SealedSecret } from '@patchbay/credential';

/** A value that definitions of an environment refer to by name: readable, or a secret. */
export type VariableRow = {
  readonly environmentId: string;
  readonly name: string;
  readonly value?: string;
  readonly secret?: SealedSecret;
  readonly changedAtMs: number;
};

export interface VariableRepository {
  list(environmentId: string): Promise<readonly VariableRow[]>;
  put(row: VariableRow): Promise<void>;
  delete(environmentId: string, name: string): Promise<boolean>;
}
