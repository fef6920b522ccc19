import type { JsonObject, SecurityScheme } from './model.ts';
import { escapePointer, extensionsOf, isObject, member, type Reading } from './reading.ts';

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
  const extensions = extensionsOf(value);
  const text = (name: string): string | undefined => reading.string(value, name, pointer);
  switch (text('type')?.toLowerCase()) {
    case 'apikey': {
      const name = text('name');
      if (name === undefined) return undefined;
      return { kind: 'apiKey', in: text('in') === 'query' ? 'query' : 'header', name, extensions };
    }
    case 'basic':
      return { kind: 'basic', extensions };
    case 'oauth2': {
      const [authorizationUrl, tokenUrl] = [text('authorizationUrl'), text('tokenUrl')];
      const scopes = Object.entries(reading.object(value, 'scopes', pointer));
      return {
        kind: 'oauth2',
        flow: text('flow') ?? '',
        ...(authorizationUrl !== undefined && { authorizationUrl }),
        ...(tokenUrl !== undefined && { tokenUrl }),
        scopes: new Map(
          scopes.map(([name, description]) => [name, typeof description === 'string' ? description : '']),
        ),
        extensions,
      };
    }
    default:
      return undefined;
  }
}
