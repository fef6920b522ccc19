import type { JsonObject, SecurityScheme } from '../model.ts';
import { escapePointer } from '../source/pointer.ts';
import { extensionsOf, isObject, member, type Reading } from '../source/reading.ts';

/** Reads `securityDefinitions`; schemes of unknown types are reported and left out. */
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
  return schemes;
}

function readScheme(reading: Reading, value: JsonObject, pointer: string): SecurityScheme | undefined {
  const text = (name: string): string | undefined => reading.string(value, name, pointer);
  const about = { description: text('description') ?? '', extensions: extensionsOf(value) };
  switch (text('type')?.toLowerCase()) {
    case 'apikey': {
      const name = text('name');
      if (name === undefined) return undefined;
      return { kind: 'apiKey', in: text('in') === 'query' ? 'query' : 'header', name, ...about };
    }
    case 'basic':
      return { kind: 'basic', ...about };
    case 'oauth2': {
      const [authorizationUrl, tokenUrl] = [text('authorizationUrl'), text('tokenUrl')];
      return {
        kind: 'oauth2',
        flow: text('flow') ?? '',
        ...(authorizationUrl !== undefined && { authorizationUrl }),
        ...(tokenUrl !== undefined && { tokenUrl }),
        scopes: readScopes(reading, value, pointer),
        otherFlows: [],
        ...about,
      };
    }
    default:
      return undefined;
  }
}

/** Scope → what it allows. */
export function readScopes(reading: Reading, flow: JsonObject, pointer: string): ReadonlyMap<string, string> {
  const scopes = Object.entries(reading.object(flow, 'scopes', pointer));
  return new Map(scopes.map(([name, meaning]) => [name, typeof meaning === 'string' ? meaning : '']));
}
