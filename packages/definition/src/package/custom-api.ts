import type { JsonObject, JsonValue } from '../model.ts';
import { openDescription } from '../open-description.ts';
import { isObject, member, ownPrefix } from '../source/reading.ts';
import type { SourceDocument } from '../source/source-document.ts';
import { type Container, packageFinding, packageLoss, type Unpacked } from './container.ts';
import { composedDocument, innerDocument } from './part-documents.ts';

const resourceType = 'microsoft.web/customapis';
const maxResourceDepth = 5;

/** A `Microsoft.Web/customApis` resource (Azure REST API, Microsoft.Web 2016-06-01), alone or in an ARM template. */
export const customApiContainer: Container = {
  kind: 'customApi',
  isMeant: ({ description }) => findResources(description.document?.root, '', 0).length > 0,
  unpack: ({ description, findings }) => {
    const { document, source } = description;
    const [first, ...others] = findResources(document?.root, '', 0);
    if (document === undefined || first === undefined) return { others: [], findings, losses: [] };
    const read = readResource(document, first);
    const losses = others.map((pointer) =>
      packageLoss('package-several-connectors', source.name, { name: pointer, kept: first }),
    );
    return { ...read, losses, findings: [...findings, ...read.findings] };
  },
};

/** The pointers of the resources in a document. */
function findResources(value: JsonValue | undefined, pointer: string, depth: number): readonly string[] {
  if (!isObject(value) || depth > maxResourceDepth) return [];
  const type = member(value, 'type');
  if (typeof type === 'string' && type.toLowerCase() === resourceType && isObject(member(value, 'properties')))
    return [pointer];
  const resources = member(value, 'resources');
  const entries: readonly (readonly [string, JsonValue])[] =
    typeof resources === 'object' && resources !== null ? Object.entries(resources) : [];
  return entries.flatMap(([name, one]) => findResources(one, `${pointer}/resources/${name}`, depth + 1));
}

function readResource(document: SourceDocument, resource: string): Unpacked {
  const pointer = `${resource}/properties`;
  const properties = innerDocument(document, pointer).root as JsonObject;
  const { source } = document;
  const swagger = member(properties, 'swagger');
  const wsdl = member(properties, 'wsdlDefinition');
  const wsdlText = isObject(wsdl) ? member(wsdl, 'content') : undefined;
  const about = readAbout(document, pointer);
  if (isObject(swagger)) {
    const description = { source, bytes: new Uint8Array(), document: innerDocument(document, `${pointer}/swagger`) };
    return { definition: { description, findings: [] }, properties: about, others: [], findings: [], losses: [] };
  }
  if (typeof wsdlText === 'string') {
    const definition = openDescription({ name: source.name, content: wsdlText });
    return { definition, properties: about, others: [], findings: [], losses: [] };
  }
  return { others: [], findings: [packageFinding('custom-api-without-definition', source.name)], losses: [] };
}

/** What the resource says of `apiProperties.json`, each member where it stands. */
function readAbout(document: SourceDocument, pointer: string): NonNullable<Unpacked['properties']> {
  const properties = innerDocument(document, pointer).root as JsonObject;
  const found = new Map<string, SourceDocument>();
  const kept = `${pointer}/swagger/${ownPrefix}properties`;
  const keptRoot = innerDocument(document, kept).root;
  if (isObject(keptRoot))
    for (const name of Object.keys(keptRoot)) found.set(name, innerDocument(document, `${kept}/${name}`));
  for (const [name, named] of [
    ['connectionParameters', 'connectionParameters'],
    ['connectionParameterSets', 'connectionParameterSets'],
    ['capabilities', 'capabilities'],
    ['brandColor', 'iconBrandColor'],
    ['policyTemplateInstances', 'policyTemplateInstances'],
    ['scriptOperations', 'scriptOperations'],
  ] as const) {
    const value = member(properties, name);
    if (value !== undefined && value !== null) found.set(named, innerDocument(document, `${pointer}/${name}`));
  }
  if (hasOtherAddress(properties)) found.set('backendService', innerDocument(document, `${pointer}/backendService`));
  const composed = composedDocument(innerDocument(document, pointer), found);
  return { description: { source: document.source, bytes: new Uint8Array(), document: composed }, findings: [] };
}

/** Whether the resource calls another address than its definition names. */
function hasOtherAddress(properties: JsonObject): boolean {
  const backend = member(properties, 'backendService');
  const url = isObject(backend) ? member(backend, 'serviceUrl') : undefined;
  const swagger = member(properties, 'swagger');
  if (typeof url !== 'string' || !isObject(swagger)) return false;
  return trimmed(url) !== trimmed(addressOf(swagger));
}

/** The address that a Swagger 2.0 document names. */
export function addressOf(swagger: JsonObject): string {
  const text = (name: string): string => {
    const value = member(swagger, name);
    return typeof value === 'string' ? value : '';
  };
  const schemes = member(swagger, 'schemes');
  const scheme = Array.isArray(schemes) && !schemes.includes('https') && schemes.includes('http') ? 'http' : 'https';
  return `${scheme}://${text('host')}${text('basePath')}`;
}

function trimmed(url: string): string {
  return url.replace(/\/+$/, '').toLowerCase();
}
