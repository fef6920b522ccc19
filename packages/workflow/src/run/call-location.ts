import type { Invocation, InvocationResult } from '../contract.ts';

/**
 * The address to ask for the answer: `Location` (RFC 9110 §10.2.2), relative to what was called. Where a connector's call went, its
 * invoker knows.
 */
export function readLocation(answer: unknown, invocation: Invocation): string | undefined {
  const headers = (answer as Partial<InvocationResult> | undefined)?.headers;
  const location = headers?.['location'];
  if (location === undefined || location === '') return undefined;
  if (invocation.kind !== 'http') return location;
  return URL.canParse(location, invocation.uri) ? new URL(location, invocation.uri).href : undefined;
}

/** A poll authenticates like the call when it stays at the same origin, and not at all elsewhere. */
export function pollOf(asked: Invocation, location: string): Invocation {
  if (asked.kind === 'operation' || asked.kind === 'connection-request') return { kind: 'poll', of: asked, location };
  if (asked.kind === 'poll') return { ...asked, location };
  const isSameOrigin =
    asked.kind === 'http' && URL.canParse(asked.uri) && new URL(asked.uri).origin === new URL(location).origin;
  const authentication = isSameOrigin ? asked.authentication : undefined;
  return {
    kind: 'http',
    method: 'GET',
    uri: location,
    queries: {},
    headers: {},
    ...(authentication === undefined ? {} : { authentication }),
    ...(asked.kind === 'http' && asked.isUntracked === true && { isUntracked: true }),
  };
}
