import type { SealedSecret } from '@patchbay/credential';

export type ConnectorRow = {
  /** e.g. `shared_library-20loans-5f3a2dd1fa`. */
  readonly name: string;
  readonly environmentId: string;
  readonly displayName: string;
  readonly description: string;
  /** Grows by one with every change of the definition or the properties. */
  readonly revision: number;
  /** `apiDefinition.swagger.json` as given, JSON text. */
  readonly definition: string;
  /** The `properties` object of `apiProperties.json`, JSON text, without secrets. */
  readonly properties: string;
  /** The secrets of its own clients at identity providers, by place in the properties. */
  readonly secret?: SealedSecret;
  readonly createdBy: string;
  readonly createdAtMs: number;
  readonly changedAtMs: number;
};

export interface ConnectorRepository {
  list(environmentId: string): Promise<readonly ConnectorRow[]>;
  find(name: string): Promise<ConnectorRow | undefined>;
  insert(row: ConnectorRow): Promise<void>;
  /** Writes when `revision` is still `expectedRevision`; the row's own revision is the new one. */
  update(row: ConnectorRow, expectedRevision: number): Promise<boolean>;
  /** Removes the connector and its connections. */
  delete(name: string): Promise<boolean>;
}
