import type { JsonObject, ServerAlternative, ServerModel } from '../model.ts';
import { escapePointer } from '../source/pointer.ts';
import { isObject, member, type Reading } from '../source/reading.ts';

/** Reads the root's `servers`: the first one that can be called, and the others with what may be filled in. */
export function readServers(
  reading: Reading,
  root: JsonObject,
): { readonly server: ServerModel; readonly otherServers: readonly ServerAlternative[] } {
  const servers = readServerList(reading, root, '');
  const base = documentAddress(reading, root);
  const addresses = servers.map(({ alternative, pointer }) => addressOf(reading, alternative, pointer, base));
  const first = addresses.findIndex((address) => address !== undefined);
  const chosen = addresses[first];
  if (chosen === undefined) {
    if (servers.length === 0) reading.report('host-missing', '');
    return {
      server: { schemes: ['https'], host: '', basePath: relativePath(servers[0]?.alternative) },
      otherServers: servers.map((one) => one.alternative).filter((one) => one.url !== '/'),
    };
  }
  const isSame = (address: Address | undefined): boolean =>
    address?.host === chosen.host && address.basePath === chosen.basePath;
  const schemes = new Set(addresses.filter(isSame).map((address) => address?.scheme ?? chosen.scheme));
  return {
    server: { schemes: [...schemes], host: chosen.host, basePath: chosen.basePath },
    otherServers: servers.flatMap(({ alternative }, index) => {
      const isChosen = index === first || isSame(addresses[index]);
      // What may be filled in is kept, of the chosen one too.
      return isChosen && alternative.variables.size === 0 ? [] : [alternative];
    }),
  };
}

/** The address of an operation's own server, else its path's; undefined where it is the connector's. */
export function readOwnServer(
  reading: Reading,
  holders: readonly { readonly value: JsonObject; readonly pointer: string }[],
  server: ServerModel,
): string | undefined {
  for (const { value, pointer } of holders) {
    const [own] = readServerList(reading, value, pointer);
    if (own === undefined) continue;
    const base = server.host === '' ? undefined : `${server.schemes[0] ?? 'https'}://${server.host}${server.basePath}`;
    const address = addressOf(reading, own.alternative, own.pointer, base);
    if (address === undefined) return undefined;
    const isSame =
      address.host === server.host &&
      address.basePath === server.basePath &&
      server.schemes.some((scheme) => scheme === address.scheme);
    return isSame ? undefined : `${address.scheme}://${address.host}${address.basePath}`;
  }
  return undefined;
}

type Listed = { readonly alternative: ServerAlternative; readonly pointer: string };
type Address = { readonly scheme: 'http' | 'https'; readonly host: string; readonly basePath: string };

function readServerList(reading: Reading, parent: JsonObject, pointer: string): readonly Listed[] {
  return reading.array(parent, 'servers', pointer).flatMap((item, index): Listed[] => {
    const at = `${pointer}/servers/${index}`;
    if (!isObject(item)) return [];
    const url = reading.string(item, 'url', at)?.trim() ?? '/';
    const description = reading.string(item, 'description', at) ?? reading.string(item, 'name', at) ?? '';
    return [{ alternative: { url, description, variables: readVariables(reading, item, at) }, pointer: at }];
  });
}

function readVariables(reading: Reading, server: JsonObject, pointer: string): ServerAlternative['variables'] {
  const variables = Object.entries(reading.object(server, 'variables', pointer)).flatMap(
    ([name, value]): [string, { default: string; enum: readonly string[]; description: string }][] => {
      if (!isObject(value)) return [];
      const at = `${pointer}/variables/${escapePointer(name)}`;
      const choices = reading.array(value, 'enum', at).map(String);
      const stated = reading.string(value, 'default', at);
      const description = reading.string(value, 'description', at) ?? '';
      return [[name, { default: stated ?? choices[0] ?? '', enum: choices, description }]];
    },
  );
  return new Map(variables);
}

/** A server's address with the defaults of its variables; undefined, with a finding, when it is none or is relative to nothing. */
function addressOf(
  reading: Reading,
  alternative: ServerAlternative,
  pointer: string,
  base: string | undefined,
): Address | undefined {
  const url = fillIn(reading, alternative, pointer);
  const absolute = toAbsolute(url, base);
  if (absolute === undefined) {
    reading.report('server-relative', pointer, { url });
    return undefined;
  }
  const [, scheme = '', host = '', path = ''] =
    /^([a-z][a-z0-9+.-]*):\/\/(?:[^/?#@]*@)?([^/?#]*)([^?#]*)/i.exec(absolute) ?? [];
  const known = scheme.toLowerCase();
  if (known !== 'http' && known !== 'https') {
    if (scheme === '') reading.report('server-not-valid', pointer, { url });
    else reading.report('scheme-not-supported', pointer, { found: scheme });
    return undefined;
  }
  if (host === '') {
    reading.report('server-not-valid', pointer, { url });
    return undefined;
  }
  if (!/^[\w.[\]:-]+$/.test(host)) reading.report('server-placeholder', pointer, { url: absolute, host });
  if (absolute !== url) reading.lose('server-inferred', pointer, { url: alternative.url, read: absolute });
  return { scheme: known, host, basePath: tidyPath(path) };
}

function fillIn(reading: Reading, { url, variables }: ServerAlternative, pointer: string): string {
  return url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    const variable = variables.get(name);
    if (variable !== undefined) return variable.default;
    reading.report('server-variable-undefined', pointer, { url, name });
    return whole;
  });
}

/** Server addresses may be relative to where the document is served (OpenAPI 3, Server Object). */
function toAbsolute(url: string, base: string | undefined): string | undefined {
  if (/^[a-z][a-z0-9+.-]*:/i.test(url)) return url;
  if (url.startsWith('//')) return `https:${url}`;
  // Many leave the scheme out; a first segment like this one is no folder.
  if (/^[\w-]+(\.[\w-]+)+(:\d+)?(\/|$)/.test(url)) return `https://${url}`;
  if (base === undefined) return undefined;
  const [, origin = ''] = /^(https?:\/\/[^/?#]+)/i.exec(base) ?? [];
  if (url.startsWith('/')) return `${origin}${url}`;
  return URL.canParse(url, base) ? decodeURI(new URL(url, base).href) : undefined;
}

/** Where the document was published: `$self` (OpenAPI 3.2), else its own name where that is an address. */
function documentAddress(reading: Reading, root: JsonObject): string | undefined {
  const name = reading.document.source.name;
  const self = member(root, '$self');
  const published = /^https?:\/\//i.test(name) ? name : undefined;
  if (typeof self !== 'string' || !URL.canParse(self, published)) return published;
  const { href } = new URL(self, published);
  return /^https?:/i.test(href) ? href : published;
}

function tidyPath(path: string): string {
  return path.replace(/\/{2,}/g, '/').replace(/\/+$/, '');
}

/** What a relative address says of the base path. */
function relativePath(alternative: ServerAlternative | undefined): string {
  if (alternative === undefined || !alternative.url.startsWith('/')) return '';
  const filled = alternative.url.replace(/\{([^{}]+)\}/g, (whole, name: string) => {
    return alternative.variables.get(name)?.default ?? whole;
  });
  return tidyPath(filled.replace(/[?#].*$/, ''));
}
