import { clientCertificateOf, isSigning, signRequest } from '@patchbay/credential';
import type { EgressRequest, EgressResponse, TlsOptions } from '@patchbay/egress';
import type { CallOptions } from './contract.ts';
import { readWhole } from './whole-body.ts';

/** What a call sends: everything but what its options say of every request. */
export type Outgoing = Omit<
  EgressRequest,
  'headers' | 'body' | 'timeoutMs' | 'signal' | 'maySend' | 'maxResponseBytes' | 'tls'
> & {
  readonly headers: { readonly [name: string]: string };
  readonly body?: string | Uint8Array | NonNullable<Parameters<typeof readWhole>[0]>;
};

/** Sends a request that is ready but for what only the last step can add: a signature over all of it, a certificate, limits. */
export async function transmit(outgoing: Outgoing, options: CallOptions): Promise<EgressResponse> {
  const { timeoutMs, signal, maySend, maxResponseBytes, credential } = options;
  const tls = tlsOf(options);
  return options.egress.send(
    {
      ...(isSigning(credential) ? await signed(outgoing, options) : outgoing),
      ...(timeoutMs !== undefined && { timeoutMs }),
      ...(signal !== undefined && { signal }),
      ...(maySend !== undefined && { maySend }),
      ...(maxResponseBytes !== undefined && { maxResponseBytes }),
      ...(tls !== undefined && { tls }),
    },
    options.networkRules,
  );
}

/** A signature is over the body, so a stream is read whole first. */
async function signed(outgoing: Outgoing, { credential }: CallOptions): Promise<Outgoing> {
  const { body, method, url } = outgoing;
  const whole = typeof body === 'object' ? await readWhole(body, 'parameter-invalid') : body;
  const headers = signRequest(
    { method, url, headers: outgoing.headers, ...(whole !== undefined && { body: whole }) },
    credential,
    Date.now(),
  );
  return { ...outgoing, headers, ...(whole !== undefined && { body: whole }) };
}

function tlsOf({ credential, certificateAuthorities }: CallOptions): TlsOptions | undefined {
  const client = clientCertificateOf(credential);
  if (client === undefined && certificateAuthorities === undefined) return undefined;
  return {
    ...(client !== undefined && { certificate: client.certificate, key: client.key }),
    ...(client?.passphrase !== undefined && { passphrase: client.passphrase }),
    ...(certificateAuthorities !== undefined && { authorities: certificateAuthorities }),
  };
}
