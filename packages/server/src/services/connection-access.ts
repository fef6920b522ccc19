import { type ConnectionValues, type SignIn, signInFor } from '@patchbay/connector';
import {
  clientCertificateOf,
  discoverAddresses,
  discoveryAddress,
  type OAuthAccess,
  type Texts,
  type Vault,
  withAddresses,
} from '@patchbay/credential';
import type { ConnectorModel } from '@patchbay/definition';
import { asFetch, type Egress } from '@patchbay/egress';
import type { ConnectionRow, ConnectorRow } from '@patchbay/store';
import { BoundedCache } from '../http/bounded-cache.ts';
import {
  clientContext,
  oauthPlaces,
  propertiesWithClients,
  type RedirectMode,
  redirectModeOf,
  redirectUrlFor,
  secretKey,
} from './connector-oauth.ts';
import type { ConnectorService } from './connector-service.ts';
import type { EnvironmentService } from './environment-service.ts';
import type { VariableService } from './variable-service.ts';

/** What a connection is made of, when somebody looks into it to use it. */
export type ConnectionAccess = {
  readonly connector: ConnectorRow;
  readonly model: ConnectorModel;
  /** Secrets too. */
  readonly values: ConnectionValues;
  readonly signIn: SignIn;
  readonly redirectMode: RedirectMode;
  /** How the connection's identity provider is reached: under the environment's network rules. */
  readonly oauthAccess: OAuthAccess;
};

type Subject = Pick<ConnectionRow, 'connectorName' | 'environmentId' | 'parameterSet'>;

const requestTimeoutMs = 30_000;
const maxAnswerBytes = 1024 * 1024;

/** Brings together a connection's values, its connector's client and the environment's variables. */
export class ConnectionAccessReader {
  readonly #vault: Vault;
  readonly #egress: Egress;
  readonly #connectors: ConnectorService;
  readonly #environments: EnvironmentService;
  readonly #variables: VariableService;
  readonly #origin: string;
  readonly #addresses = new BoundedCache<string, Texts>(200, 60 * 60 * 1000);

  constructor(options: {
    readonly vault: Vault;
    readonly egress: Egress;
    readonly connectors: ConnectorService;
    readonly environments: EnvironmentService;
    readonly variables: VariableService;
    /** The public origin, to which identity providers send people back. */
    readonly origin: string;
  }) {
    this.#vault = options.vault;
    this.#egress = options.egress;
    this.#connectors = options.connectors;
    this.#environments = options.environments;
    this.#variables = options.variables;
    this.#origin = options.origin;
  }

  /** Throws `ConnectorError` and `CredentialError` naming what is missing. */
  async read(connection: Subject, values: ConnectionValues): Promise<ConnectionAccess> {
    const { row: connector, model } = await this.#connectors.compiled(connection.connectorName);
    const secrets =
      connector.secret === undefined ? {} : await this.#vault.open(connector.secret, clientContext(connector.name));
    const set = connection.parameterSet ?? '';
    const place = oauthPlaces(propertiesWithClients(connector, model)).find((one) => one.set === set);
    const redirectMode = redirectModeOf(place?.settings ?? {});
    const signIn = signInFor(model, values, {
      ...(connection.parameterSet !== undefined && { parameterSet: connection.parameterSet }),
      redirectUrl: redirectUrlFor(this.#origin, connector.name, redirectMode),
      clientSecrets: (parameter) => secretsAt(secrets, set, parameter),
      resolve: await this.#variables.resolver(connection.environmentId),
    });
    const oauthAccess = await this.#oauthAccess(connection, signIn);
    const completed = await this.#withAddresses(signIn, oauthAccess);
    return { connector, model, values, signIn: completed, redirectMode, oauthAccess };
  }

  /** Asks a provider that is only known by where it describes itself, once an hour. */
  async #withAddresses(signIn: SignIn, { fetch }: OAuthAccess): Promise<SignIn> {
    const { oauth } = signIn;
    const address = oauth === undefined ? undefined : discoveryAddress(oauth);
    if (oauth === undefined || address === undefined) return signIn;
    const known = this.#addresses.get(address, Date.now()) ?? (await discoverAddresses(address, fetch));
    this.#addresses.set(address, known, Date.now());
    return { ...signIn, oauth: withAddresses(oauth, known) };
  }

  async #oauthAccess({ environmentId }: Subject, { credential, certificateAuthorities }: SignIn): Promise<OAuthAccess> {
    const client = clientCertificateOf(credential);
    const tls = {
      ...(client !== undefined && { certificate: client.certificate, key: client.key }),
      ...(client?.passphrase !== undefined && { passphrase: client.passphrase }),
      ...(certificateAuthorities !== undefined && { authorities: certificateAuthorities }),
    };
    const limits = { timeoutMs: requestTimeoutMs, maxResponseBytes: maxAnswerBytes };
    const networkRules = await this.#environments.networkRules(environmentId);
    const fetch = asFetch(this.#egress, networkRules, Object.keys(tls).length === 0 ? limits : { ...limits, tls });
    return { fetch, nowMs: Date.now };
  }
}

/** Of all secrets of a connector those of one client, by member. A set without any has those that stand outside of sets. */
function secretsAt(secrets: Texts, set: string, parameter: string): Texts {
  const members = ['clientsecret', 'privatekey', 'certificatekey'];
  const at = (place: string): readonly (readonly [string, string])[] =>
    members.flatMap((member) => {
      const value = secrets[secretKey({ set: place, parameter }, member)];
      return value === undefined ? [] : [[member, value] as const];
    });
  const own = at(set);
  return Object.fromEntries(own.length > 0 ? own : at(''));
}
