import type { FastifyRequest } from 'fastify';
import { isLoopback } from '../configuration/address.ts';
import { PlatformError } from '../errors/platform-error.ts';

/**
 * Refuses requests under names that are not the server's own while it listens on loopback: a page elsewhere whose name was rebound to
 * 127.0.0.1 must not reach it.
 */
export function createHostGuard(boundHost: string, origin: string): (request: FastifyRequest) => void {
  if (!isLoopback(boundHost)) return () => {};
  const publicName = hostName(new URL(origin).host);
  // Nearly every request comes under the name of the one before it.
  let allowed: string | undefined;
  return (request) => {
    const { host } = request.headers;
    if (host !== undefined && host === allowed) return;
    const name = hostName(host ?? '');
    if (name === publicName || name === 'localhost' || isLoopback(name)) {
      allowed = host;
      return;
    }
    throw new PlatformError(
      'HostRefused',
      `This server does not answer under the name "${name}". Set PATCHBAY_PUBLIC_URL if it should.`,
    );
  };
}

/** A Host header's name without its port, and without the brackets of IPv6. */
function hostName(host: string): string {
  return host
    .replace(/:\d+$/, '')
    .replace(/^\[(.*)\]$/, '$1')
    .toLowerCase();
}
