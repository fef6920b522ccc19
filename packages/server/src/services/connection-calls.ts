import type { CallOptions } from '@patchbay/connector';
import { type ConnectionLimits, type Egress, Governor, type NetworkRules } from '@patchbay/egress';
import type { ConnectionRow } from '@patchbay/store';
import type { FastifyBaseLogger } from 'fastify';
import type { ConnectionAccess } from './connection-access.ts';
import type { CompiledConnector, ConnectorService } from './connector-service.ts';
import type { EnvironmentService } from './environment-service.ts';

/** A connection with its connector, ready to call: the credential is in `options` and nowhere else. */
export type OpenConnection = CompiledConnector & { readonly connection: ConnectionRow; readonly options: CallOptions };

/** A connection that somebody has looked into. */
export type Opened = { readonly connection: ConnectionRow; readonly access: ConnectionAccess };

/** What a connection is called with besides what is its own. Each stays the same object while it does not change. */
type Place = {
  readonly compiled: CompiledConnector;
  readonly networkRules: NetworkRules;
  readonly limits: ConnectionLimits;
};

type Ready = { readonly place: Place; readonly open: OpenConnection };

/** What every call through a connection has in common, kept while nothing of it changes. */
export class ConnectionCalls {
  readonly #egress: Egress;
  readonly #connectors: ConnectorService;
  readonly #environments: EnvironmentService;
  readonly #origin: string;
  readonly #logger: FastifyBaseLogger;
  readonly #onUnauthenticated: (connection: string) => void;
  /** Shared by everybody who calls through a connection. */
  readonly #governor = new Governor();
  readonly #ready = new WeakMap<ConnectionAccess, Ready>();

  constructor(options: {
    readonly egress: Egress;
    readonly connectors: ConnectorService;
    readonly environments: EnvironmentService;
    /** The public origin, under which callers reach connections. */
    readonly origin: string;
    readonly logger: FastifyBaseLogger;
    /** A policy found that the API refuses what the connection holds. */
    readonly onUnauthenticated: (connection: string) => void;
  }) {
    this.#egress = options.egress;
    this.#connectors = options.connectors;
    this.#environments = options.environments;
    this.#origin = options.origin;
    this.#logger = options.logger;
    this.#onUnauthenticated = options.onUnauthenticated;
  }

  /** A connection as it is called; one with tokens without its credential, which it gets for each call. */
  async ready(opened: Opened): Promise<OpenConnection> {
    const { connection, access } = opened;
    const place: Place = {
      compiled: await this.#connectors.compiled(connection.connectorName),
      networkRules: await this.#environments.networkRules(connection.environmentId),
      limits: await this.#environments.limits(connection.environmentId),
    };
    const before = this.#ready.get(access);
    if (before !== undefined && isSame(before.place, place)) return before.open;
    const open = { ...place.compiled, connection, options: this.#optionsOf(opened, place) };
    this.#ready.set(access, { place, open });
    return open;
  }

  #optionsOf({ connection: { name, connectorName }, access: { signIn, values } }: Opened, place: Place): CallOptions {
    return {
      credential: signIn.oauth === undefined ? signIn.credential : { kind: 'none' },
      ...(signIn.certificateAuthorities !== undefined && { certificateAuthorities: signIn.certificateAuthorities }),
      connectionParameters: values,
      egress: this.#governor.govern(this.#egress, name, () => place.limits),
      networkRules: place.networkRules,
      runtimeUrl: `${this.#origin}/apim/${connectorName.replace(/^shared_/, '')}/${name}`,
      onUnauthenticated: () => this.#onUnauthenticated(name),
      onPathRefused: ({ message }) =>
        this.#logger.warn(
          { event: 'call-refused', code: 'path-escapes', connection: name, problem: message },
          'a call was kept in',
        ),
    };
  }
}

function isSame(left: Place, right: Place): boolean {
  return left.compiled === right.compiled && left.networkRules === right.networkRules && left.limits === right.limits;
}
