import type { ConnectorModel } from '@patchbay/definition';

/** Paths that operations stand below: the connector's base path and those of operations with servers of their own, longest first. */
export function basePathsOf({ server, operations }: ConnectorModel): readonly string[] {
  const own = operations.flatMap(({ serverUrl }) => {
    const url = serverUrl === undefined ? null : URL.parse(serverUrl, 'http://relative.invalid');
    return url === null ? [] : [url.pathname];
  });
  const bases = new Set([server.basePath, ...own].map((path) => path.replace(/\/+$/, '')));
  return [...bases].sort((left, right) => right.length - left.length);
}

/** A path without a base path before it, once for each base path that it could stand below. */
export function pathsBelow(basePaths: readonly string[], path: string): readonly string[] {
  return basePaths.filter((base) => path.startsWith(`${base}/`)).map((base) => path.slice(base.length));
}
