/** How tokens are asked for (RFC 6749 §1.3, RFC 7523, RFC 8628; on-behalf-of is RFC 7523 as Entra ID extends it). */
export type OAuthGrant =
  | 'authorization-code'
  | 'client-credentials'
  | 'password'
  | 'jwt-bearer'
  | 'device-code'
  | 'on-behalf-of';

/** How a client proves itself at the token endpoint, by the names of RFC 7591 §2. */
export type ClientAuthenticationMethod = 'client_secret_post' | 'client_secret_basic' | 'private_key_jwt' | 'none';

/**
 * An identity provider as data. Texts are templates: `{Name}` stands for a value of the settings (any case), a parameter whose
 * template comes out empty is not sent.
 */
export type IdentityProvider = {
  /** As `identityProvider` names it, lower case. */
  readonly name: string;
  /** For people. */
  readonly title: string;
  readonly authorizationUrl?: string;
  /** A whole query; replaces `authorizationParameters` and the standard ones. */
  readonly authorizationQuery?: string;
  readonly tokenUrl: string;
  readonly tokenQuery?: string;
  /** A whole form body; replaces the standard parameters and client authentication. */
  readonly tokenBody?: string;
  /** The token endpoint unless given. */
  readonly refreshUrl?: string;
  readonly refreshQuery?: string;
  readonly refreshBody?: string;
  readonly deviceAuthorizationUrl?: string;
  /** Between two scopes; a space unless given (RFC 6749 §3.3). */
  readonly scopeDelimiter?: string;
  readonly clientAuthentication?: ClientAuthenticationMethod;
  /** Sent to the authorization endpoint besides the standard parameters. */
  readonly authorizationParameters?: Texts;
  /** Sent to the token endpoint besides the standard parameters, with every grant. */
  readonly tokenParameters?: Texts;
  /** Values where the connector gives none, by lower-case name. */
  readonly defaults?: Texts;
};

export type Texts = { readonly [name: string]: string };

/** Everything there is to know for getting tokens for one connection. Holds secrets: lives as long as a call. */
export type OAuthSettings = {
  readonly grant: OAuthGrant;
  readonly provider: IdentityProvider;
  readonly clientId: string;
  readonly authentication: ClientAuthenticationMethod;
  /** Values of templates by lower-case name, the client's secrets among them. */
  readonly values: Texts;
  /** Whether the provider is asked with the caller's own token when a connection is made. */
  readonly isOnBehalfOf: boolean;
};

/** What a provider answered, and until when it is good. */
export type TokenSet = {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly obtainedAtMs: number;
  /** Absent when the provider does not say. */
  readonly expiresAtMs?: number;
  readonly scope?: string;
  /** Whose account it is, as far as the answer tells. */
  readonly accountName?: string;
};

/** What must be remembered between leaving for the provider and coming back. */
export type AuthorizationRequest = {
  readonly url: string;
  readonly state: string;
  readonly codeVerifier: string;
};
