import type { ServerModel } from '../model.ts';
import type { CapturedBase, CapturedRequest } from './captured-request.ts';

/** A request with its path below the server, or with an address of its own. */
export type PlacedRequest = { readonly request: CapturedRequest; readonly serverUrl?: string };

type Address = CapturedBase & { readonly kind: 'address' };

/** The address that most requests go to is the server (the first of several); the others keep theirs. */
export function chooseServer(requests: readonly CapturedRequest[]): {
  readonly server: ServerModel;
  readonly placed: readonly PlacedRequest[];
} {
  const main = mostFrequent(requests.flatMap(({ base }) => (base.kind === 'address' ? [base] : [])));
  if (main === undefined) {
    return {
      server: { schemes: ['https'], host: placeholderHost(requests), basePath: '' },
      placed: requests.map((request) => ({ request: atRoot(request) })),
    };
  }
  // A request to the base path itself has no path below it, and a path must have at least its slash.
  const isCalledItself = requests.some(
    ({ base, path }) => base.kind === 'address' && isSame(base, main) && path === '',
  );
  const server: ServerModel = {
    schemes: [main.scheme],
    host: main.host,
    basePath: isCalledItself ? '' : main.basePath,
  };
  return { server, placed: requests.map((request) => placeBelow(server, request)) };
}

/**
 * The host where only a connection knows it: the variables' names in a domain that never exists (RFC 2606 §2), for the policy to
 * replace, as in the ecosystem, where a definition must name a host.
 */
function placeholderHost(requests: readonly CapturedRequest[]): string {
  const base = requests.map((request) => request.base).find((one) => one.kind === 'variable');
  if (base === undefined) return '';
  const authority = base.text.replace(/^[^/]*:\/\//, '').split('/', 1)[0] ?? '';
  const labels = authority
    .toLowerCase()
    .replace(/:[^:.]*$/, '')
    .split('.')
    .map((label) =>
      label
        .replace(/[^a-z\d]+/g, '-')
        .replace(/^-+|-+$/g, '')
        .slice(0, 60),
    )
    .filter((label) => label !== '');
  return [...labels.slice(0, 3), 'invalid'].join('.');
}

/** Places a request below a server where it belongs there; else it keeps its address. */
export function placeBelow(server: ServerModel, request: CapturedRequest): PlacedRequest {
  const { base } = request;
  if (base.kind !== 'address') return { request: atRoot(request) };
  const path = `${base.basePath}${request.path}`;
  const isBelow = path === server.basePath || path.startsWith(`${server.basePath}/`) || server.basePath === '';
  const isAtHost = server.host === base.host && server.schemes.includes(base.scheme);
  if (isAtHost && isBelow && (path !== server.basePath || path === '')) {
    const own: Address = { ...base, basePath: server.basePath };
    return { request: atRoot({ ...request, base: own, path: path.slice(server.basePath.length) }) };
  }
  const own: Address = { ...base, basePath: '' };
  return { request: atRoot({ ...request, base: own, path }), serverUrl: `${base.scheme}://${base.host}` };
}

function atRoot(request: CapturedRequest): CapturedRequest {
  return request.path === '' ? { ...request, path: '/' } : request;
}

function isSame(left: Address, right: Address): boolean {
  return left.scheme === right.scheme && left.host === right.host && left.basePath === right.basePath;
}

function mostFrequent(bases: readonly Address[]): Address | undefined {
  const counts = new Map<string, { readonly base: Address; readonly count: number }>();
  for (const base of bases) {
    const key = `${base.scheme}://${base.host}${base.basePath}`;
    counts.set(key, { base, count: (counts.get(key)?.count ?? 0) + 1 });
  }
  return [...counts.values()].reduce<{ readonly base: Address; readonly count: number } | undefined>(
    (best, one) => (best === undefined || one.count > best.count ? one : best),
    undefined,
  )?.base;
}
