import type { Credential } from './contract.ts';

export type ClientCertificate = Extract<Credential, { kind: 'clientCertificate' }>;

/** The certificate that a credential shows when it connects, if any. */
export function clientCertificateOf(credential: Credential): ClientCertificate | undefined {
  if (credential.kind === 'clientCertificate') return credential;
  if (credential.kind !== 'all') return undefined;
  return credential.credentials.map(clientCertificateOf).find((one) => one !== undefined);
}

/** Several credentials as one. */
export function combineCredentials(credentials: readonly Credential[]): Credential {
  const [first, ...others] = credentials.filter((one) => one.kind !== 'none');
  if (first === undefined) return { kind: 'none' };
  return others.length === 0 ? first : { kind: 'all', credentials: [first, ...others] };
}
