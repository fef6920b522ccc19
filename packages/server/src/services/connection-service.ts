import {
  type CallOptions,
  type ConnectionValues,
  ConnectorError,
  credentialFor,
  secretParameterNames,
} from '@patchbay/connector';
import type { Credential, SecretValues, Vault } from '@patchbay/credential';
import type { ConnectorModel, JsonValue } from '@patchbay/definition';
import { type Egress, Governor } from '@patchbay/egress';
import type { ConnectionRow, Store } from '@patchbay/store';
import { toSurfaceForm } from '../errors/describe-error.ts';
import { PlatformError } from '../errors/platform-error.ts';
import { BoundedCache } from '../http/bounded-cache.ts';
import type { CompiledConnector, ConnectorService } from './connector-service.ts';
import type { EnvironmentService } from './environment-service.ts';

/** A connection with its connector, ready to call: the credential is in `options` and nowhere else. */
export type OpenConnection = CompiledConnector & { readonly connection: ConnectionRow; readonly options: CallOptions };

export type ConnectionChange = {
  readonly displayName?: string;
  readonly values: ConnectionValues;
  readonly parameterSet?: string;
};

type Opened = {
  readonly connection: ConnectionRow;
  readonly credential: Credential;
  /** Secrets too. */
  readonly values: ConnectionValues;
};

/** Connections: what is secret of them is sealed at once and never given back. */
export class ConnectionService {
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #egress: Egress;
  readonly #connectors: ConnectorService;
  readonly #environments: EnvironmentService;
  readonly #origin: string;
  /** Shared by everybody who calls through a connection. */
  readonly #governor = new Governor();
  /** Briefly, so that a busy connection is not opened for every call. */
  readonly #opened = new BoundedCache<string, Opened>(500, 10_000);

  constructor(options: {
    readonly store: Store;
    readonly vault: Vault;
    readonly egress: Egress;
    readonly connectors: ConnectorService;
    readonly environments: EnvironmentService;
    /** The public origin, under which callers reach connections. */
    readonly origin: string;
  }) {
    this.#store = options.store;
    this.#vault = options.vault;
    this.#egress = options.egress;
    this.#connectors = options.connectors;
    this.#environments = options.environments;
    this.#origin = options.origin;
  }

  list(environmentId: string, connectorName?: string): Promise<readonly ConnectionRow[]> {
    return this.#store.connections.list(environmentId, connectorName);
  }

  /** Throws `ConnectionNotFound`, also when the connection is of another connector than the one named. */
  async get(name: string, connectorName?: string): Promise<ConnectionRow> {
    const row = await this.#store.connections.find(name);
    if (row !== undefined && (connectorName === undefined || row.connectorName === connectorName)) return row;
    throw new PlatformError(
      'ConnectionNotFound',
      `There is no connection "${name}"${connectorName === undefined ? '' : ` of ${connectorName}`}.`,
    );
  }

  /** Makes a connection, or changes what is given of one; secrets that are not given again stay. */
  async put(
    name: string,
    connectorName: string,
    change: ConnectionChange,
    accountId: string,
  ): Promise<{ readonly row: ConnectionRow; readonly isNew: boolean }> {
    const { row: connector, model } = await this.#connectors.compiled(connectorName);
    const before = await this.#store.connections.find(name);
    if (before !== undefined && before.connectorName !== connectorName) {
      throw new PlatformError('Conflict', `The connection ${name} belongs to another connector. Choose another name.`);
    }
    const kept = before === undefined ? {} : await this.#allValues(before);
    const values = { ...kept, ...change.values };
    const { secrets, readable } = split(model, values);
    const nowMs = Date.now();
    const parameterSet = change.parameterSet ?? before?.parameterSet;
    const row: ConnectionRow = {
      name,
      connectorName,
      environmentId: connector.environmentId,
      displayName: change.displayName ?? before?.displayName ?? connector.displayName,
      parameters: JSON.stringify(readable),
      ...(parameterSet !== undefined && { parameterSet }),
      ...(Object.keys(secrets).length > 0 && { secret: await this.#vault.seal(secrets, name) }),
      ...statusOf(model, values),
      revision: (before?.revision ?? 0) + 1,
      createdBy: before?.createdBy ?? accountId,
      createdAtMs: before?.createdAtMs ?? nowMs,
      changedAtMs: nowMs,
    };
    await this.#write(row, before);
    return { row, isNew: before === undefined };
  }

  async delete(name: string): Promise<boolean> {
    this.#opened.delete(name);
    return this.#store.connections.delete(name);
  }

  /** Closes every connection that is open for calls, e.g. when a connector and its connections went. */
  forgetAll(): void {
    this.#opened.clear();
  }

  /** Opens a connection for a call. Throws `ConnectionNotFound`, `ConnectorError`, `CredentialError`. */
  async open(name: string): Promise<OpenConnection> {
    const { connection, credential, values } = this.#opened.get(name, Date.now()) ?? (await this.#openFresh(name));
    const compiled = await this.#connectors.compiled(connection.connectorName);
    const networkRules = await this.#environments.networkRules(connection.environmentId);
    const limits = await this.#environments.limits(connection.environmentId);
    const options: CallOptions = {
      credential,
      connectionParameters: values,
      egress: this.#governor.govern(this.#egress, name, () => limits),
      networkRules,
      runtimeUrl: `${this.#origin}/apim/${connection.connectorName.replace(/^shared_/, '')}/${name}`,
      // Another change of the connection at this moment says more than this one would.
      onUnauthenticated: () => void this.#refuse(name).catch(() => undefined),
    };
    return { ...compiled, connection, options };
  }

  async #openFresh(name: string): Promise<Opened> {
    const connection = await this.get(name);
    const { model } = await this.#connectors.compiled(connection.connectorName);
    const values = await this.#allValues(connection);
    const opened = { connection, credential: credentialFor(model, values), values };
    this.#opened.set(name, opened, Date.now());
    return opened;
  }

  /** The API does not accept what the connection holds any more: whoever looks at it is told, once. */
  async #refuse(name: string): Promise<void> {
    const before = await this.get(name);
    if (before.status === 'Error') return;
    const message = 'The API does not accept what the connection holds. Enter it again.';
    const statusError = { code: 'Unauthenticated', message };
    const row = {
      ...before,
      status: 'Error' as const,
      statusError,
      revision: before.revision + 1,
      changedAtMs: Date.now(),
    };
    await this.#write(row, before);
  }

  async #allValues(row: ConnectionRow): Promise<ConnectionValues> {
    const secrets = row.secret === undefined ? {} : await this.#vault.open(row.secret, row.name);
    return { ...(JSON.parse(row.parameters) as ConnectionValues), ...secrets };
  }

  async #write(row: ConnectionRow, before: ConnectionRow | undefined): Promise<void> {
    this.#opened.delete(row.name);
    if (before === undefined) return this.#store.connections.insert(row);
    if (await this.#store.connections.update(row, before.revision)) return;
    throw new PlatformError('Conflict', `The connection ${row.name} was changed in the meantime. Try again.`);
  }
}

/** What the connector does not know is taken for a secret: better sealed for nothing than readable by mistake. */
function split(
  model: ConnectorModel,
  values: ConnectionValues,
): { readonly secrets: SecretValues; readonly readable: ConnectionValues } {
  const secretNames = secretParameterNames(model);
  const known = new Set(
    [...model.connectionParameters, ...model.connectionParameterSets.flatMap((set) => set.parameters)].map(
      (parameter) => parameter.name,
    ),
  );
  const isSecret = (name: string): boolean => secretNames.has(name) || !known.has(name);
  const entries = Object.entries(values);
  return {
    secrets: Object.fromEntries(
      entries.filter(([name]) => isSecret(name)).map(([name, value]) => [name, secretText(value)]),
    ),
    readable: Object.fromEntries(entries.filter(([name]) => !isSecret(name))),
  };
}

function secretText(value: JsonValue): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function statusOf(model: ConnectorModel, values: ConnectionValues): Pick<ConnectionRow, 'status' | 'statusError'> {
  try {
    credentialFor(model, values);
    return { status: 'Connected' };
  } catch (error) {
    if (!(error instanceof ConnectorError)) throw error;
    return { status: 'Error', statusError: { code: toSurfaceForm(error.code), message: error.message } };
  }
}
