export type CredentialErrorCode = 'master-key-invalid' | 'master-key-unknown' | 'secret-damaged' | 'credential-invalid';

/** A secret that could not be sealed, opened or applied. The message never holds any part of it. */
export class CredentialError extends Error {
  readonly code: CredentialErrorCode;

  constructor(code: CredentialErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'CredentialError';
    this.code = code;
  }
}
