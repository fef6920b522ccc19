import { lookup as systemLookup } from 'node:dns/promises';
import { isIP, type LookupFunction } from 'node:net';
import type { AddressRules } from './address-rules.ts';
import { EgressError } from './errors.ts';

export type ResolvedAddress = { readonly address: string; readonly family: number };

/** Every address of a name. */
export type Resolve = (hostname: string) => Promise<readonly ResolvedAddress[]>;

export const resolveBySystem: Resolve = (hostname) => systemLookup(hostname, { all: true, verbatim: true });

/**
 * A lookup for sockets that resolves once and lets through only when every address of the answer is allowed, so that the checked
 * address is the one connected to and a name cannot be rebound between check and use.
 */
export function guardedLookup(rules: AddressRules, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses;
        if (first === undefined) return callback(notFound(hostname), '');
        for (const { address } of addresses) {
          const refusal = rules.refusal(address);
          if (refusal !== undefined) return callback(refused(hostname, address, refusal), '');
        }
        if (options.all === true) callback(null, [...addresses]);
        else callback(null, first.address, first.family);
      },
      (error: unknown) => callback(notFound(hostname, error), ''),
    );
  };
}

/** Sockets never look up an address that is written as one: it is checked before connecting. */
export function checkLiteralHost(url: URL, rules: AddressRules): void {
  const hostname = url.hostname.startsWith('[') ? url.hostname.slice(1, -1) : url.hostname;
  if (isIP(hostname) === 0) return;
  const refusal = rules.refusal(hostname);
  if (refusal !== undefined) throw refused(hostname, hostname, refusal);
}

function refused(hostname: string, address: string, refusal: string): EgressError {
  const subject = hostname === address ? address : `${hostname} resolves to ${address}, which`;
  return new EgressError(
    'address-refused',
    `${subject} ${refusal}, and the environment's network rules do not allow it. If it is meant to be reached, an administrator adds it to the network rules.`,
    { host: hostname },
  );
}

function notFound(hostname: string, cause?: unknown): EgressError {
  return new EgressError('name-not-found', `The name ${hostname} is not known. Check the host.`, {
    host: hostname,
    cause,
  });
}
