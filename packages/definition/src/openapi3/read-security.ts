import type { JsonObject, OAuthFlow, SecurityScheme } from '../model.ts';
import { readScopes } from '../operation/read-scopes.ts';
import { escapePointer } from '../source/pointer.ts';
import { extensionsOf, isObject, member, type Reading } from '../source/reading.ts';
import { follow } from '../source/references.ts';

/** Reads `components.securitySchemes`; schemes of unknown types are reported and left out. */
export function readSecuritySchemes(reading: Reading, components: JsonObject): ReadonlyMap<string, SecurityScheme> {
  const schemes = new Map<string, SecurityScheme>();
  for (const [name, value] of Object.entries(reading.object(components, 'securitySchemes', '/components'))) {
    const pointer = `/components/securitySchemes/${escapePointer(name)}`;
    const target = isObject(value) ? follow(reading, value, pointer) : undefined;
    if (isObject(value) && target === undefined) continue;
    const scheme = target === undefined ? undefined : readScheme(reading, target.value, target.pointer);
    if (scheme !== undefined) schemes.set(name, scheme);
    else {
      const type = target === undefined ? undefined : member(target.value, 'type');
      reading.report('security-scheme', pointer, { name, found: String(type ?? 'none') });
    }
  }
  return schemes;
}

function readScheme(reading: Reading, value: JsonObject, pointer: string): SecurityScheme | undefined {
  const text = (name: string): string | undefined => reading.string(value, name, pointer);
  const about = { description: text('description') ?? '', extensions: extensionsOf(value) };
  switch (text('type')?.toLowerCase()) {
    case 'apikey': {
      const name = text('name');
      const place = text('in')?.toLowerCase();
      if (name === undefined) return undefined;
      return { kind: 'apiKey', in: place === 'query' || place === 'cookie' ? place : 'header', name, ...about };
    }
    case 'http':
      return { ...readHttp(text('scheme')?.toLowerCase() ?? 'basic', text('bearerFormat')), ...about };
    case 'oauth2':
      return readOAuth(reading, value, pointer, about);
    case 'openidconnect':
      return { kind: 'openIdConnect', discoveryUrl: text('openIdConnectUrl') ?? '', ...about };
    case 'mutualtls':
      return { kind: 'mutualTls', ...about };
    default:
      return undefined;
  }
}

function readHttp(scheme: string, format: string | undefined) {
  if (scheme === 'basic') return { kind: 'basic' } as const;
  if (scheme === 'bearer') return { kind: 'bearer', ...(format !== undefined && { format }) } as const;
  return { kind: 'http', scheme } as const;
}

/** The names that Swagger 2.0 gives the flows. */
const flowNames: Readonly<Record<string, string>> = {
  authorizationCode: 'accessCode',
  clientCredentials: 'application',
  deviceAuthorization: 'device',
};

/** A scheme with several flows is used by the one that signs in a person, where there is one. */
function readOAuth(
  reading: Reading,
  value: JsonObject,
  pointer: string,
  about: Pick<SecurityScheme, 'description' | 'extensions'>,
): SecurityScheme {
  const flows = Object.entries(reading.object(value, 'flows', pointer)).flatMap(([name, flow]): OAuthFlow[] =>
    name.startsWith('x-') || !isObject(flow)
      ? []
      : [readFlow(reading, flow, `${pointer}/flows/${escapePointer(name)}`, name)],
  );
  const main = flows.find((one) => one.flow === 'accessCode') ?? flows[0] ?? { flow: '', scopes: new Map() };
  const metadataUrl = reading.string(value, 'oauth2MetadataUrl', pointer);
  return {
    kind: 'oauth2',
    ...main,
    otherFlows: flows.filter((one) => one !== main),
    ...(metadataUrl !== undefined && { metadataUrl }),
    ...about,
  };
}

function readFlow(reading: Reading, flow: JsonObject, pointer: string, name: string): OAuthFlow {
  const address = (member: 'authorizationUrl' | 'tokenUrl' | 'refreshUrl' | 'deviceAuthorizationUrl') => {
    const url = reading.string(flow, member, pointer);
    return url === undefined ? {} : { [member]: url };
  };
  return {
    flow: Object.hasOwn(flowNames, name) ? (flowNames[name] ?? name) : name,
    ...address('authorizationUrl'),
    ...address('tokenUrl'),
    ...address('refreshUrl'),
    ...address('deviceAuthorizationUrl'),
    scopes: readScopes(reading, flow, pointer),
  };
}
