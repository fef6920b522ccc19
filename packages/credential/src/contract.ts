/** A secret record as it rests in the store: ciphertext under a data key, the data key under the master key. */
export type SealedSecret = {
  readonly version: 1;
  /** Which master key wrapped the data key (its fingerprint, not the key). */
  readonly keyId: string;
  /** base64 */
  readonly wrappedKey: string;
  /** base64 of iv ‖ ciphertext ‖ tag (AES-256-GCM). */
  readonly sealed: string;
};

/** Secret connection parameters by name. */
export type SecretValues = { readonly [name: string]: string };

/**
 * Seals and opens secrets. The context (a connection's id) is authenticated: a sealed secret moved to another
 * connection's row does not open.
 */
export interface Vault {
  seal(values: SecretValues, context: string): Promise<SealedSecret>;
  open(sealed: SealedSecret, context: string): Promise<SecretValues>;
}

/** How a connection proves itself to the API, with the secret in hand. Lives from `open` to the wire and nowhere else. */
export type Credential =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'apiKey';
      readonly in: 'header' | 'query' | 'cookie';
      readonly name: string;
      readonly value: string;
    }
  /** An access token that a person was given (RFC 6750). */
  | { readonly kind: 'bearer'; readonly token: string }
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  /** A certificate that the client shows when it connects (RFC 8446 §4.4.2); texts in PEM. */
  | {
      readonly kind: 'clientCertificate';
      readonly certificate: string;
      readonly key: string;
      readonly passphrase?: string;
    }
  | {
      readonly kind: 'awsSignature';
      readonly accessKeyId: string;
      readonly secretAccessKey: string;
      readonly sessionToken?: string;
      readonly region: string;
      readonly service: string;
    }
  /** Several on one request. */
  | { readonly kind: 'all'; readonly credentials: readonly Credential[] };
