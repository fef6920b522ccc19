import { type CallOptions, completeCredential } from '@patchbay/connector';
import {
  type Credential,
  CredentialError,
  isUnattended,
  type OAuthSettings,
  obtainTokens,
  requestOnBehalfOf,
  TokenKeeper,
  type TokenStore,
  type Vault,
} from '@patchbay/credential';
import type { ConnectionAccess } from './connection-access.ts';

/** Who makes or changes a connection. */
export type ConnectionMaker = {
  readonly accountId: string;
  /** The access token that they came with, for connectors that exchange it. */
  readonly accessToken?: string;
};

/** The tokens of connections that have some: the first ones, those for a call, new ones in time. */
export class ConnectionTokens {
  readonly #keeper: TokenKeeper;

  constructor(options: {
    readonly store: TokenStore;
    readonly vault: Vault;
    /** A sign-in is lost; the connection needs another. */
    readonly onDead: (connection: string, problem: string) => Promise<void>;
  }) {
    this.#keeper = new TokenKeeper(options);
  }

  keep(connection: string, tokens: Parameters<TokenKeeper['keep']>[1]): Promise<void> {
    return this.#keeper.keep(connection, tokens);
  }

  reset(connection: string): Promise<void> {
    return this.#keeper.reset(connection);
  }

  /** The credential for one call, and how to get another when the API refuses it. Throws `CredentialError`. */
  async forCall(
    name: string,
    access: ConnectionAccess,
    settings: OAuthSettings,
  ): Promise<Pick<CallOptions, 'credential' | 'renewCredential'>> {
    const obtain = (tokens: Parameters<typeof obtainTokens>[1]) => obtainTokens(settings, tokens, access.oauthAccess);
    const first = await this.#keeper.accessToken(name, obtain);
    const renewCredential = async (refused: Credential): Promise<Credential | undefined> => {
      const token = bearerOf(refused);
      if (token === undefined) return undefined;
      try {
        return completeCredential(access.signIn, await this.#keeper.accessToken(name, obtain, token));
      } catch (error) {
        // The API's own answer says that the sign-in is lost, and so does the connection from now on.
        if (error instanceof CredentialError) return undefined;
        throw error;
      }
    };
    return { credential: completeCredential(access.signIn, first), renewCredential };
  }

  /** The first tokens where nobody has to sign in for them; `undefined`: there are none to get. Throws `CredentialError`. */
  async first(
    connection: string,
    access: ConnectionAccess | undefined,
    { accessToken }: ConnectionMaker,
  ): Promise<Parameters<TokenKeeper['keep']>[1] | undefined> {
    const settings = access?.signIn.oauth;
    if (access === undefined || settings === undefined) return undefined;
    const isExchange = settings.grant === 'on-behalf-of' || settings.isOnBehalfOf;
    if (!isUnattended(settings) && !(isExchange && accessToken !== undefined)) return undefined;
    await this.#keeper.reset(connection);
    return isExchange && accessToken !== undefined
      ? requestOnBehalfOf(settings, accessToken, access.oauthAccess)
      : obtainTokens(settings, undefined, access.oauthAccess);
  }
}

/** The token in a credential. */
function bearerOf(credential: Credential): string | undefined {
  if (credential.kind === 'bearer') return credential.token;
  return credential.kind === 'all' ? credential.credentials.map(bearerOf).find((one) => one !== undefined) : undefined;
}
