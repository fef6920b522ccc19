import { createHash } from 'node:crypto';
import { getCACertificates } from 'node:tls';
import type { TlsOptions } from './contract.ts';

/** What tells connections apart that show or trust something of their own; empty for the usual ones. */
export function tlsKey(tls: TlsOptions | undefined): string {
  if (tls === undefined) return '';
  const parts = [tls.certificate, tls.key, tls.archive, tls.passphrase, tls.authorities];
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64');
}

/** The same as the transport takes it. A text may come in one line with `\n` for its line breaks. */
export function tlsConnect(tls: TlsOptions | undefined): object {
  if (tls === undefined) return {};
  const { certificate, key, archive, passphrase, authorities } = tls;
  return {
    ...(certificate !== undefined && { cert: lines(certificate) }),
    ...(key !== undefined && { key: lines(key) }),
    ...(archive !== undefined && { pfx: Buffer.from(archive, 'base64') }),
    ...(passphrase !== undefined && { passphrase }),
    ...(authorities !== undefined && { ca: [...getCACertificates('default'), lines(authorities)] }),
  };
}

function lines(pem: string): string {
  return pem.replaceAll('\\n', '\n');
}
