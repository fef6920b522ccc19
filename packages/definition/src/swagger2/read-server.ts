import type { JsonObject, ServerAlternative, ServerModel } from '../model.ts';
import { isObject, ownPrefix, type Reading } from '../source/reading.ts';

/** Reads `schemes`, `host` and `basePath` (OpenAPI 2.0, Swagger Object). */
export function readServer(reading: Reading, root: JsonObject): ServerModel {
  const schemes = reading.strings(root, 'schemes', '').map((scheme) => scheme.toLowerCase());
  const known = schemes.filter((scheme) => scheme === 'http' || scheme === 'https');
  for (const scheme of schemes) {
    if (scheme !== 'http' && scheme !== 'https') reading.report('scheme-not-supported', '/schemes', { found: scheme });
  }
  const host = readHost(reading, root);
  const stated = reading.string(root, 'basePath', '') ?? '';
  const trimmed = `/${stated}`.replace(/\/{2,}/g, '/').replace(/\/+$/, '');
  if (stated !== '' && !stated.startsWith('/')) reading.report('base-path-not-valid', '/basePath', { read: trimmed });
  return { schemes: known.length === 0 ? ['https'] : known, host, basePath: trimmed };
}

/** The other addresses that Patchbay kept. */
export function readOtherServers(reading: Reading, root: JsonObject): readonly ServerAlternative[] {
  const name = `${ownPrefix}servers`;
  return reading.array(root, name, '').flatMap((item, index) => {
    const pointer = `/${name}/${index}`;
    const url = isObject(item) ? reading.string(item, 'url', pointer) : undefined;
    if (!isObject(item) || url === undefined) return [];
    const variables = Object.entries(reading.object(item, 'variables', pointer)).filter(
      (entry): entry is [string, JsonObject] => isObject(entry[1]),
    );
    const readVariable = (value: JsonObject) => ({
      default: reading.string(value, 'default', pointer) ?? '',
      enum: reading.strings(value, 'enum', pointer),
      description: reading.string(value, 'description', pointer) ?? '',
    });
    return [
      {
        url,
        description: reading.string(item, 'description', pointer) ?? '',
        variables: new Map(variables.map(([variable, value]) => [variable, readVariable(value)])),
      },
    ];
  });
}

function readHost(reading: Reading, root: JsonObject): string {
  const stated = (reading.string(root, 'host', '') ?? '').trim();
  if (stated === '') {
    reading.report('host-missing', '');
    return '';
  }
  const bare = stated.replace(/^[a-z]+:\/\//i, '').replace(/\/.*$/, '');
  if (bare !== stated && !stated.startsWith('@')) reading.report('host-not-valid', '/host', { found: stated });
  return stated.startsWith('@') ? stated : bare;
}
