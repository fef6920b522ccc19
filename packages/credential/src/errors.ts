export type CredentialErrorCode =
  | 'master-key-invalid'
  | 'master-key-unknown'
  | 'secret-damaged'
  | 'credential-invalid'
  | 'oauth-settings-invalid'
  /** Nobody has signed in yet, or must again: the provider takes what there is no more. */
  | 'sign-in-needed'
  /** The provider gave no token now and may later. */
  | 'token-unavailable'
  /** A device code that nobody has confirmed yet. */
  | 'authorization-pending';

/** A secret that could not be sealed, opened, obtained or applied. The message never holds any part of it. */
export class CredentialError extends Error {
  readonly code: CredentialErrorCode;

  constructor(code: CredentialErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CredentialError';
    this.code = code;
  }
}
