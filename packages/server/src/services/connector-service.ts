import { type Connector, compile } from '@patchbay/connector';
import type { Vault } from '@patchbay/credential';
import {
  type ConnectorModel,
  definitionName,
  type Finding,
  type JsonObject,
  type Loss,
  propertiesName,
  type ReadOptions,
  type ReadResult,
  readConnector,
  writeConnector,
  writeText,
} from '@patchbay/definition';
import type { ConnectorRow, Store } from '@patchbay/store';
import { PlatformError } from '../errors/platform-error.ts';
import { BoundedCache } from '../http/bounded-cache.ts';
import { createConnectorName } from './connector-name.ts';
import {
  changeOAuth,
  clientContext,
  oauthPlaces,
  propertiesWithClients,
  redirectModeOf,
  redirectUrlFor,
  separateSecrets,
} from './connector-oauth.ts';

/** A connector of one revision, ready to call. */
export type CompiledConnector = {
  readonly row: ConnectorRow;
  readonly model: ConnectorModel;
  readonly connector: Connector;
};

/**
 * What a connector is made from: a description in any format that is read, as text, as value or as bytes, and the `properties` of
 * `apiProperties.json`.
 */
export type ConnectorSource = {
  readonly definition: string | JsonObject | Uint8Array;
  /** How findings name it. */
  readonly fileName?: string;
  readonly properties?: JsonObject;
  readonly displayName?: string;
  readonly description?: string;
};

export type ReadConnector = Pick<ReadResult, 'model' | 'format' | 'wrapping' | 'findings' | 'losses'>;

type UsableConnector = ReadConnector & { readonly model: ConnectorModel };

/** What is kept of a connector, and what the description said that it does not say. */
type StoredConnector = {
  readonly definition: string;
  readonly properties: JsonObject;
  readonly losses: readonly Loss[];
};

/** Connectors: read, kept without secrets, compiled once a revision. */
export class ConnectorService {
  readonly #store: Store;
  readonly #vault: Vault;
  readonly #compiled = new BoundedCache<string, CompiledConnector>(500, 60 * 60 * 1000);
  /** Connectors whose revision was looked up a moment ago. */
  readonly #checked = new BoundedCache<string, true>(500, 5_000);
  readonly #methods = new BoundedCache<string, string>(20_000, 60 * 60 * 1000);

  constructor(store: Store, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
  }

  list(environmentId: string): Promise<readonly ConnectorRow[]> {
    return this.#store.connectors.list(environmentId);
  }

  /** Throws `ApiNotFound`. */
  async get(name: string): Promise<ConnectorRow> {
    const row = await this.#store.connectors.find(name);
    if (row === undefined) throw new PlatformError('ApiNotFound', `There is no connector "${name}".`);
    return row;
  }

  read({ definition, properties, fileName }: ConnectorSource, options: ReadOptions = {}): ReadConnector {
    const files = {
      definition: { name: fileName ?? definitionName, content: toContent(definition) },
      ...(properties !== undefined && {
        properties: { name: propertiesName, content: JSON.stringify({ properties }) },
      }),
    };
    return readConnector(files, options);
  }

  /** What there is to say about a description, and what would not come across if a connector were made of it. */
  examine(source: ConnectorSource): ReadConnector {
    const { model, ...read } = this.read(source);
    return model === undefined ? read : { ...read, model, losses: store({ ...read, model }, source).losses };
  }

  /** Throws `DefinitionUnreadable` with the findings when there is nothing to make a connector of. */
  async create(
    source: ConnectorSource,
    environmentId: string,
    accountId: string,
  ): Promise<{ readonly row: ConnectorRow; readonly findings: readonly Finding[]; readonly losses: readonly Loss[] }> {
    const read = this.#readWhole(source);
    const { model, findings } = read;
    const { losses, ...stored } = store(read, source);
    const displayName = firstText(source.displayName, model.info.title, 'Connector');
    const nowMs = Date.now();
    const name = createConnectorName(displayName);
    const row: ConnectorRow = {
      name,
      environmentId,
      displayName,
      description: firstText(source.description, model.info.description),
      revision: 1,
      definition: stored.definition,
      ...(await this.#keptProperties(stored.properties, undefined, name)),
      createdBy: accountId,
      createdAtMs: nowMs,
      changedAtMs: nowMs,
    };
    await this.#store.connectors.insert(row);
    return { row, findings, losses };
  }

  /** Changes what is given and keeps the rest. Throws `Conflict` when somebody else was faster. */
  async update(name: string, change: Partial<ConnectorSource>): Promise<ConnectorRow> {
    const before = await this.get(name);
    const source: ConnectorSource = {
      definition: change.definition ?? before.definition,
      properties: change.properties ?? (JSON.parse(before.properties) as JsonObject),
    };
    const stored = store(this.#readWhole(source), source);
    const { secret: _, ...kept } = before;
    const row: ConnectorRow = {
      ...kept,
      displayName: firstText(change.displayName, before.displayName),
      description: change.description ?? before.description,
      revision: before.revision + 1,
      definition: stored.definition,
      ...(await this.#keptProperties(stored.properties, before, name)),
      changedAtMs: Date.now(),
    };
    if (!(await this.#store.connectors.update(row, before.revision))) {
      throw new PlatformError(
        'Conflict',
        `The connector ${name} was changed in the meantime. Read it again and repeat the change.`,
      );
    }
    this.#checked.delete(name);
    return row;
  }

  /** Changes a client at an identity provider; what is not given stays. Throws `InvalidRequest` when there is none at the place. */
  async changeClient(
    name: string,
    place: { readonly set: string; readonly parameter: string },
    change: { readonly clientId?: string; readonly clientSecret?: string },
  ): Promise<void> {
    const { row, model } = await this.compiled(name);
    const before = propertiesWithClients(row, model);
    let isFound = false;
    const properties = changeOAuth(before, (one) => {
      if (one.set !== place.set || one.parameter !== place.parameter) return one.settings;
      isFound = true;
      const replaced = new Set(Object.keys(change).map((member) => member.toLowerCase()));
      const kept = Object.entries(one.settings).filter(([member]) => !replaced.has(member.toLowerCase()));
      return { ...Object.fromEntries(kept), ...change };
    });
    if (!isFound) {
      throw new PlatformError('InvalidRequest', `The connector has no OAuth settings at "${place.parameter}".`);
    }
    await this.update(name, { properties });
  }

  /** Gives a connector a redirect address of its own: the address. */
  async separateRedirectUrl(name: string, origin: string): Promise<string> {
    const row = await this.get(name);
    const before = JSON.parse(row.properties) as JsonObject;
    if (sharesRedirect(before)) {
      const properties = changeOAuth(before, ({ settings }) => ({ ...settings, redirectMode: 'GlobalPerConnector' }));
      await this.update(name, { properties });
    }
    return redirectUrlFor(origin, name, 'GlobalPerConnector');
  }

  async listWithSharedRedirect(environmentId: string): Promise<readonly ConnectorRow[]> {
    const rows = await this.list(environmentId);
    return rows.filter((row) => sharesRedirect(JSON.parse(row.properties) as JsonObject));
  }

  /** Where a connector holds client secrets; not what they are. */
  async clientSecretKeys({ secret, name }: ConnectorRow): Promise<ReadonlySet<string>> {
    return new Set(secret === undefined ? [] : Object.keys(await this.#vault.open(secret, clientContext(name))));
  }

  async delete(name: string): Promise<boolean> {
    this.#compiled.delete(name);
    this.#checked.delete(name);
    return this.#store.connectors.delete(name);
  }

  /** The connector ready to call, compiled once for each revision. */
  async compiled(name: string): Promise<CompiledConnector> {
    const known = this.#compiled.get(name, Date.now());
    if (known !== undefined && this.#checked.get(name, Date.now()) === true) return known;
    const row = await this.get(name);
    this.#checked.set(name, true, Date.now());
    if (known !== undefined && known.row.revision === row.revision) return known;
    const properties = JSON.parse(row.properties) as JsonObject;
    // It was checked when it was stored.
    const { model } = this.#readUsable({ definition: row.definition, properties }, { checks: 'none' });
    const baseUrl = serviceUrlOf(properties);
    const compiled = { row, model, connector: compile(model, baseUrl === undefined ? {} : { baseUrl }) };
    this.#compiled.set(name, compiled, Date.now());
    for (const { operationId, method } of model.operations) {
      this.#methods.set(`${name}/${operationId}`, method.toUpperCase(), Date.now());
    }
    return compiled;
  }

  /** The method of an operation of a connector that was compiled before, upper case; `undefined` when not known now. */
  methodOf(name: string, operationId: string): string | undefined {
    return this.#methods.get(`${name}/${operationId}`, Date.now());
  }

  /** Properties to keep, with clients' secrets sealed apart from them: those that are not given again stay. */
  async #keptProperties(
    given: JsonObject,
    before: ConnectorRow | undefined,
    name: string,
  ): Promise<Pick<ConnectorRow, 'properties' | 'secret'>> {
    const known = before === undefined ? undefined : (JSON.parse(before.properties) as JsonObject);
    const { properties, secrets, referred } = separateSecrets(given, known);
    const kept = before?.secret === undefined ? {} : await this.#vault.open(before.secret, clientContext(name));
    const still = Object.entries(kept).filter(([key]) => !referred.has(key));
    const all = { ...Object.fromEntries(still), ...secrets };
    return {
      properties: JSON.stringify(properties),
      ...(Object.keys(all).length > 0 && { secret: await this.#vault.seal(all, clientContext(name)) }),
    };
  }

  /** As `#readUsable`, and throws as well when the definition has lost its operations: taken for good, it would replace what works. */
  #readWhole(source: ConnectorSource): UsableConnector {
    const read = this.#readUsable(source);
    const { model, findings } = read;
    const lost =
      findings.find((finding) => finding.code === 'json-incomplete') ??
      (model.operations.length === 0 ? findings.find((finding) => finding.severity === 'error') : undefined);
    if (lost !== undefined) throw unreadable(lost, findings);
    return read;
  }

  #readUsable(source: ConnectorSource, options: ReadOptions = {}): UsableConnector {
    const { model, ...read } = this.read(source, options);
    if (model !== undefined) return { ...read, model };
    throw unreadable(
      read.findings.find((finding) => finding.severity === 'error'),
      read.findings,
    );
  }
}

/**
 * A connector as it is kept. A Swagger 2.0 document stays as its author wrote it; anything else is kept as the connector that was made
 * of it, and not in its own words.
 */
function store(read: UsableConnector, { definition, properties }: ConnectorSource): StoredConnector {
  if (read.format === 'swagger2' && read.wrapping === undefined && !(definition instanceof Uint8Array)) {
    return { definition: toContent(definition) as string, properties: properties ?? {}, losses: read.losses };
  }
  const written = writeConnector(read.model);
  const inner = written.properties['properties'] as JsonObject;
  return {
    definition: writeText(written.definition),
    properties: inner,
    losses: [...read.losses, ...written.losses],
  };
}

function sharesRedirect(properties: JsonObject): boolean {
  return oauthPlaces(properties).some(({ settings }) => redirectModeOf(settings) === 'Global');
}

function unreadable(reason: Finding | undefined, findings: readonly Finding[]): PlatformError {
  const message = `The definition cannot be read: ${reason?.message ?? 'it is not a definition.'}`;
  return new PlatformError('DefinitionUnreadable', message, { members: { findings } });
}

/** The address of the API where the connector's maker gave another than the definition's. */
function serviceUrlOf(properties: JsonObject): string | undefined {
  const backend = properties['backendService'];
  if (typeof backend !== 'object' || backend === null || Array.isArray(backend)) return undefined;
  const url = (backend as JsonObject)['serviceUrl'];
  return typeof url === 'string' && URL.canParse(url) && /^https?:\/\/[^/@]+(\/|$)/i.test(url) ? url : undefined;
}

function toContent(definition: ConnectorSource['definition']): string | Uint8Array {
  if (typeof definition === 'string' || definition instanceof Uint8Array) return definition;
  return JSON.stringify(definition, null, 2);
}

function firstText(...candidates: readonly (string | undefined)[]): string {
  return candidates.find((text) => text !== undefined && text.trim() !== '')?.trim() ?? '';
}
