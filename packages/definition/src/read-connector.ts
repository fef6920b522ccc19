import type { Finding } from './finding.ts';
import { parseJsonDocument } from './json-document.ts';
import type { ConnectorModel, JsonObject, SchemaModel, SecurityScheme, ServerModel } from './model.ts';
import { readOperations, readSecurityRequirements } from './read-operations.ts';
import { type ConnectorProperties, deriveConnectionParameters, readProperties } from './read-properties.ts';
import { readSchema } from './read-schema.ts';
import { readSecuritySchemes } from './read-security.ts';
import { describe, escapePointer, extensionsOf, isObject, member, Reading } from './reading.ts';
import { recogniseFormat } from './recognise-format.ts';
import { decodeSource, type SourceText } from './source-text.ts';

/** A file by the name that findings will give it. */
export type SourceFile = { readonly name: string; readonly content: string | Uint8Array };

/** A connector's files: `apiDefinition.swagger.json`, or any Swagger 2.0 document, and `apiProperties.json` where there is one. */
export type ConnectorFiles = { readonly definition: SourceFile; readonly properties?: SourceFile };

/** `model` is absent only when the definition could not be read at all; then an error finding says why. */
export type ReadResult = { readonly model?: ConnectorModel; readonly findings: readonly Finding[] };

/**
 * Reads a connector into the model. What can be read is read, with a finding for whatever was coped with; never throws, whatever the
 * bytes.
 */
export function readConnector(files: ConnectorFiles): ReadResult {
  const definition = openReading(files.definition, true);
  const properties = files.properties === undefined ? undefined : openReading(files.properties, false);
  const about = properties?.reading === undefined ? undefined : readProperties(properties.reading);
  const root = definition.reading?.document.root;
  const model =
    definition.reading !== undefined && isObject(root) ? readModel(definition.reading, root, about) : undefined;
  return {
    ...(model !== undefined && { model }),
    findings: [
      ...definition.findings,
      ...(definition.reading?.findings ?? []),
      ...(properties?.findings ?? []),
      ...(properties?.reading?.findings ?? []),
    ],
  };
}

type Opened = { readonly reading?: Reading; readonly findings: readonly Finding[] };

function openReading(file: SourceFile, isDefinition: boolean): Opened {
  const { source, findings: decoding } = decodeSource(file.name, file.content);
  const foreign = recogniseFormat(source.text);
  if (foreign !== undefined) return { findings: [...decoding, foreignFinding(source, foreign)] };
  const { document, findings } = parseJsonDocument(source);
  if (document === undefined) return { findings: [...decoding, ...findings] };
  const reading = new Reading(document);
  const all = [...decoding, ...findings];
  if (!isDefinition) return { reading, findings: all };
  return acceptDefinition(reading) ? { reading, findings: all } : { findings: [...all, ...reading.findings] };
}

function foreignFinding({ name }: SourceText, found: string): Finding {
  const at = { source: name, pointer: '', line: 1, column: 1, severity: 'error' as const };
  if (found === '')
    return {
      ...at,
      code: 'document-empty',
      message: 'The file is empty. A connector is described by a Swagger 2.0 document.',
    };
  const message = `This is ${found}. This version reads Swagger 2.0 (OpenAPI 2.0) documents in JSON; convert it first.`;
  return { ...at, code: 'format-unsupported', message };
}

/** Whether the JSON is a definition that is read here; reports what else it is. */
function acceptDefinition(reading: Reading): boolean {
  const { root } = reading.document;
  if (!isObject(root)) {
    reading.report('document-not-object', '', { found: describe(root) });
    return false;
  }
  const version = member(root, 'swagger');
  const openapi = member(root, 'openapi');
  if (version === undefined && typeof openapi === 'string') {
    reading.report('format-unsupported', '/openapi', { found: `an OpenAPI ${openapi} document` });
    return false;
  }
  if (version === undefined && isObject(member(root, 'info')) && Array.isArray(member(root, 'item'))) {
    reading.report('format-unsupported', '', { found: 'a Postman collection' });
    return false;
  }
  if (version === undefined && !isObject(member(root, 'paths'))) {
    reading.report('swagger-version-missing', '');
    return false;
  }
  if (version !== '2.0') reading.report('swagger-version', '/swagger', { found: JSON.stringify(version) ?? 'nothing' });
  return true;
}

function readModel(reading: Reading, root: JsonObject, about: ConnectorProperties | undefined): ConnectorModel {
  const securitySchemes = readSecuritySchemes(reading, root);
  const security = readSecurityRequirements(reading, root, '') ?? [];
  for (const name of security.flatMap((requirement) => [...requirement.keys()])) {
    if (!securitySchemes.has(name)) reading.report('security-not-defined', '/security', { name });
  }
  return {
    info: readInfo(reading, root, about),
    server: readServer(reading, root),
    operations: readOperations(reading, root),
    schemas: readSchemas(reading, root),
    securitySchemes,
    security,
    connectionParameters: about?.connectionParameters ?? derive(reading, securitySchemes, security),
    connectionParameterSets: about?.connectionParameterSets ?? [],
    policies: about?.policies ?? [],
    scriptOperations: about?.scriptOperations ?? [],
    extensions: extensionsOf(root),
  };
}

function derive(reading: Reading, schemes: ReadonlyMap<string, SecurityScheme>, security: ConnectorModel['security']) {
  const required = security.flatMap((requirement) => [...requirement.keys()]).find((name) => schemes.has(name));
  const name = required ?? schemes.keys().next().value;
  const scheme = name === undefined ? undefined : schemes.get(name);
  if (name === undefined || scheme === undefined) return [];
  if (schemes.size > 1) reading.report('security-ambiguous', '/securityDefinitions', { name });
  return deriveConnectionParameters(name, scheme);
}

function readInfo(reading: Reading, root: JsonObject, about: ConnectorProperties | undefined): ConnectorModel['info'] {
  const info = reading.object(root, 'info', '');
  const title = reading.string(info, 'title', '/info')?.trim() ?? '';
  if (title === '') reading.report('info-title-missing', '/info');
  const contact = reading.object(info, 'contact', '/info');
  const contactMember = (name: 'name' | 'url' | 'email') => {
    const value = reading.string(contact, name, '/info/contact');
    return value === undefined ? {} : { [name]: value };
  };
  return {
    title: title === '' ? 'Untitled connector' : title,
    description: reading.string(info, 'description', '/info') ?? '',
    version: reading.string(info, 'version', '/info') ?? '',
    ...(Object.keys(contact).length > 0 && {
      contact: { ...contactMember('name'), ...contactMember('url'), ...contactMember('email') },
    }),
    ...(about?.iconBrandColor !== undefined && { iconBrandColor: about.iconBrandColor }),
    ...(about?.publisher !== undefined && { publisher: about.publisher }),
    ...(about?.stackOwner !== undefined && { stackOwner: about.stackOwner }),
    capabilities: about?.capabilities ?? [],
    extensions: extensionsOf(info),
  };
}

function readServer(reading: Reading, root: JsonObject): ServerModel {
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

function readSchemas(reading: Reading, root: JsonObject): ReadonlyMap<string, SchemaModel> {
  return new Map(
    Object.entries(reading.object(root, 'definitions', '')).map(([name, value]) => [
      name,
      readSchema(reading, value, `/definitions/${escapePointer(name)}`),
    ]),
  );
}
