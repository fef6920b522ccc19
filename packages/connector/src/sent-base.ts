/** The base address as a request went out: another host where a policy says so. */
export function baseOfSent(baseUrl: string, { url, path }: { readonly url: string; readonly path: string }): string {
  if (url === '' || isBelow(url, baseUrl)) return baseUrl;
  const target = url.split(/[?#]/, 1)[0] ?? '';
  if (path !== '' && target.endsWith(path)) return target.slice(0, -path.length);
  return URL.parse(url)?.origin ?? '';
}

export function isBelow(url: string, base: string): boolean {
  return base !== '' && url.startsWith(base) && /^(?:[/?]|$)/.test(url.slice(base.length));
}
