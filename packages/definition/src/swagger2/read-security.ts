import type { JsonObject, OAuthFlow, SecurityScheme } from '../model.ts';
import { readScopes } from '../operation/read-scopes.ts';
import { escapePointer } from '../source/pointer.ts';
import {
  extensionsOf,
  isObject,
  keptMember,
  member,
  ownPrefix,
  type Reading,
  withKeptMembers,
} from '../source/reading.ts';

/** Reads `securityDefinitions`, and the schemes that Patchbay kept aside; schemes of unknown types are reported and left out. */
export function readSecuritySchemes(reading: Reading, root: JsonObject): ReadonlyMap<string, SecurityScheme> {
  const schemes = new Map<string, SecurityScheme>();
  for (const [name, value] of Object.entries(reading.object(root, 'securityDefinitions', ''))) {
    const pointer = `/securityDefinitions/${escapePointer(name)}`;
    const scheme = isObject(value) ? readScheme(reading, value, pointer) : undefined;
    if (scheme !== undefined) schemes.set(name, scheme);
    else {
      const found = isObject(value) ? String(member(value, 'type') ?? 'none') : 'none';
      reading.report('security-scheme', pointer, { name, found });
    }
  }
  return withKeptSchemes(reading, root, schemes);
}

/** What Patchbay kept aside names every scheme in order, and says what `securityDefinitions` has no words for. */
function withKeptSchemes(
  reading: Reading,
  root: JsonObject,
  stated: ReadonlyMap<string, SecurityScheme>,
): ReadonlyMap<string, SecurityScheme> {
  const kept = `${ownPrefix}securityDefinitions`;
  const aside = Object.entries(reading.object(root, kept, ''));
  if (aside.length === 0) return stated;
  const all = aside.flatMap(([name, value]): [string, SecurityScheme][] => {
    const pointer = `/${kept}/${escapePointer(name)}`;
    const scheme = stated.get(name) ?? (isObject(value) ? readKeptScheme(reading, value, pointer) : undefined);
    return scheme === undefined ? [] : [[name, scheme]];
  });
  return new Map([...all, ...stated]);
}

function readScheme(reading: Reading, value: JsonObject, pointer: string): SecurityScheme | undefined {
  const whole = withKeptMembers(value);
  if (keptMember(value, 'type') !== undefined) return readKeptScheme(reading, whole, pointer);
  const text = (name: string): string | undefined => reading.string(whole, name, pointer);
  const about = aboutOf(reading, whole, pointer);
  switch (text('type')?.toLowerCase()) {
    case 'apikey': {
      const name = text('name');
      if (name === undefined) return undefined;
      return { kind: 'apiKey', in: text('in') === 'query' ? 'query' : 'header', name, ...about };
    }
    case 'basic':
      return { kind: 'basic', ...about };
    case 'oauth2': {
      const otherFlows = reading.array(whole, 'otherFlows', pointer).filter(isObject);
      const metadataUrl = reading.string(whole, 'metadataUrl', pointer);
      return {
        kind: 'oauth2',
        ...readFlow(reading, whole, pointer),
        otherFlows: otherFlows.map((flow, index) =>
          readFlow(reading, flow, `${pointer}/${ownPrefix}otherFlows/${index}`),
        ),
        ...(metadataUrl !== undefined && { metadataUrl }),
        ...about,
      };
    }
    default:
      return undefined;
  }
}

/** A scheme that Swagger 2.0 has no words for, by the names of the model. */
function readKeptScheme(reading: Reading, value: JsonObject, pointer: string): SecurityScheme | undefined {
  const text = (name: string): string | undefined => reading.string(value, name, pointer);
  const about = aboutOf(reading, value, pointer);
  switch (text('type')) {
    case 'apiKey':
      return { kind: 'apiKey', in: 'cookie', name: text('name') ?? '', ...about };
    case 'bearer': {
      const format = text('format');
      return { kind: 'bearer', ...(format !== undefined && { format }), ...about };
    }
    case 'http':
      return { kind: 'http', scheme: (text('scheme') ?? '').toLowerCase(), ...about };
    case 'openIdConnect':
      return { kind: 'openIdConnect', discoveryUrl: text('discoveryUrl') ?? '', ...about };
    case 'mutualTls':
      return { kind: 'mutualTls', ...about };
    default:
      return undefined;
  }
}

function aboutOf(reading: Reading, value: JsonObject, pointer: string) {
  return { description: reading.string(value, 'description', pointer) ?? '', extensions: extensionsOf(value) };
}

function readFlow(reading: Reading, value: JsonObject, pointer: string): OAuthFlow {
  const address = (name: 'authorizationUrl' | 'tokenUrl' | 'refreshUrl' | 'deviceAuthorizationUrl') => {
    const url = reading.string(value, name, pointer);
    return url === undefined ? {} : { [name]: url };
  };
  return {
    flow: reading.string(value, 'flow', pointer) ?? '',
    ...address('authorizationUrl'),
    ...address('tokenUrl'),
    ...address('refreshUrl'),
    ...address('deviceAuthorizationUrl'),
    scopes: readScopes(reading, value, pointer),
  };
}
