import type { Readable, Writable } from 'node:stream';

/** Headers as sent: names in any case, one value or several. */
export type HeaderFields = { readonly [name: string]: string | readonly string[] };

export type EgressRequest = {
  readonly method: string;
  /** Absolute, `http:` or `https:`, no user info. */
  readonly url: string;
  readonly headers: HeaderFields;
  readonly body?: string | Uint8Array | AsyncIterable<Uint8Array>;
  /** Header names (any case) and query names that carry a credential: dropped when a redirect leaves the origin. */
  readonly credentialHeaders?: readonly string[];
  /** Whole exchange, headers and body; the egress default when absent. */
  readonly timeoutMs?: number;
  /** A longer answer fails with `response-too-large`; the egress default when absent. */
  readonly maxResponseBytes?: number;
  /** `follow` (default) follows up to the limit; `manual` answers with the 3xx. */
  readonly redirect?: 'follow' | 'manual';
  readonly signal?: AbortSignal;
  /** Asked when a connection is there, right before the request leaves; `false`: it does not leave, and fails with `aborted`. */
  readonly maySend?: () => boolean;
  /** The body stays encoded as it came (`Content-Encoding`); it is decoded unless told. */
  readonly keepsEncoding?: boolean;
  /** For this request's own connections: a redirect to another origin is followed without them. */
  readonly tls?: TlsOptions;
};

/** What a TLS connection shows and trusts; texts in PEM. */
export type TlsOptions = {
  /** The client's certificate, with its chain. */
  readonly certificate?: string;
  readonly key?: string;
  /** In the place of certificate and key: both in one PKCS #12 archive, in base64. */
  readonly archive?: string;
  readonly passphrase?: string;
  /** Certificate authorities that are trusted besides the usual. */
  readonly authorities?: string;
};

export type EgressResponse = {
  readonly status: number;
  /** Lower-case names; several values joined with `, ` but `set-cookie`, kept apart in `setCookies`. */
  readonly headers: { readonly [name: string]: string };
  readonly setCookies: readonly string[];
  /** The URL that answered, after redirects. */
  readonly url: string;
  /** The body whole, bounded by `maxResponseBytes`. A body is taken once, in one way, or discarded. */
  bytes(): Promise<Uint8Array>;
  /** The body as a stream to pass on, for who keeps none of it: bounded by the deadline, not in size. */
  stream(): Readable;
  /**
   * Passes the body on to its end as {@link stream} would, with less effort; never rejects. A body that breaks off destroys the
   * destination, and a destination that closes early ends the exchange.
   */
  pipe(destination: Writable): Promise<void>;
  discard(): Promise<void>;
};

/**
 * What an environment lets out. Public unicast addresses are always allowed; private, loopback, link-local, metadata and
 * other special ranges only when `allow` names them.
 */
export type NetworkRules = {
  /** CIDR blocks (`127.0.0.0/8`, `::1/128`) or the names `loopback`, `private`, `link-local`. Cloud metadata addresses are never allowed by a name, only by an exact CIDR. */
  readonly allow: readonly string[];
};

/** The one way out. */
export interface Egress {
  send(request: EgressRequest, rules: NetworkRules): Promise<EgressResponse>;
  close(): Promise<void>;
}

/** Why an exchange failed before there was an answer to give. */
export type EgressErrorCode =
  | 'url-invalid'
  | 'header-invalid'
  | 'address-refused'
  | 'name-not-found'
  | 'connection-refused'
  | 'connection-reset'
  | 'tls-failed'
  | 'timed-out'
  | 'aborted'
  | 'response-too-large'
  | 'headers-too-large'
  | 'redirect-refused'
  | 'too-many-redirects'
  | 'protocol-violated'
  | 'rate-limited'
  | 'failed';
