import type { ConnectorInfo, ConnectorModel } from '../model.ts';
import type { ConnectorProperties } from '../properties/read-properties.ts';
import type { SoapOptions } from '../soap-options.ts';
import type { XmlDocument, XmlDocuments } from '../xml/xml-documents.ts';
import { attributeOf, childrenOf, isElement, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { TypeReader } from '../xsd/type-reader.ts';
import { TypeSchemas } from '../xsd/type-schemas.ts';
import { type BoundOperation, documentationOf, readOperation, toOperation } from './read-operation.ts';
import { readAddress, readPorts, type SoapPort, toAlternative } from './read-ports.ts';
import { WsdlDefinitions } from './wsdl-definitions.ts';

/** Reads a WSDL 1.1 description with its imports. Undefined when there is nothing to call, which is reported. */
export function readWsdl(
  documents: XmlDocuments,
  main: XmlDocument,
  options: SoapOptions,
  about: ConnectorProperties | undefined,
): ConnectorModel | undefined {
  const definitions = new WsdlDefinitions(documents, main);
  const ports = readPorts(documents, definitions);
  const port = choosePort(documents, main, ports, options.port);
  if (port === undefined) return undefined;
  const types = new TypeReader(documents, definitions.schemas);
  const { server, endpoint } = readAddress(port.address);
  if (server.host === '') documents.reading.report('host-missing', documents.pointerOf(port.at));
  reportPolicies(documents, main);
  const identifiers = new Set<string>();
  const bound = childrenOf(port.binding, namespaces.wsdl, 'operation').flatMap((element): BoundOperation[] => {
    const operationId = nameOperation(documents, element, identifiers);
    const read = readOperation({ documents, definitions, types }, port, element, {
      operationId,
      endpoint,
      mode: options.mode,
    });
    return read === undefined ? [] : [read];
  });
  if (bound.length === 0) {
    documents.reading.report('wsdl-no-operations', documents.pointerOf(port.binding), {
      found: `no operation of the port ${port.name} can be called`,
    });
    return undefined;
  }
  types.readReached();
  const schemas = new TypeSchemas(types);
  const isRest = options.mode === 'rest';
  return {
    info: readInfo(main, port, about),
    server,
    otherServers: ports.filter((one) => one !== port && one.address !== '').map(toAlternative),
    operations: bound.map((one) => toOperation(one, schemas)),
    webhooks: [],
    tags: [],
    schemas: isRest ? schemas.all() : new Map(),
    ...(isRest && types.types.size > 0 && { xmlTypes: types.types }),
    securitySchemes: new Map(),
    security: [],
    connectionParameters: about?.connectionParameters ?? [],
    connectionParameterSets: about?.connectionParameterSets ?? [],
    policies: about?.policies ?? [],
    scriptOperations: about?.scriptOperations ?? [],
    extensions: {},
  };
}

function choosePort(
  documents: XmlDocuments,
  { root }: XmlDocument,
  ports: readonly SoapPort[],
  wanted: string | undefined,
): SoapPort | undefined {
  const at = documents.pointerOf(root);
  if (ports.length === 0) {
    const found = 'it has no port that speaks SOAP over HTTP';
    documents.reading.report('wsdl-no-operations', at, { found });
    return undefined;
  }
  if (wanted === undefined) return ports[0];
  const port = ports.find(({ name }) => name === wanted || name.endsWith(`/${wanted}`));
  if (port === undefined) {
    const known = ports.map(({ name }) => name).join(', ');
    documents.reading.report('wsdl-port-not-found', at, { found: wanted, known });
  }
  return port;
}

function nameOperation(documents: XmlDocuments, element: XmlElement, used: Set<string>): string {
  const operation = attributeOf(element, 'name') ?? '';
  const base = operation.replace(/[^\p{L}\p{N}_.-]+/gu, '_') || 'Operation';
  let read = base;
  for (let number = 2; used.has(read); number += 1) read = `${base}_${number}`;
  used.add(read);
  if (read !== base) {
    documents.reading.report('wsdl-operation-overloaded', documents.pointerOf(element), { operation, read });
  }
  return read;
}

function readInfo({ root }: XmlDocument, port: SoapPort, about: ConnectorProperties | undefined): ConnectorInfo {
  const service = port.service && attributeOf(port.service, 'name');
  const title = service ?? attributeOf(root, 'name') ?? attributeOf(port.binding, 'name') ?? '';
  const description = (port.service && documentationOf(port.service)) || documentationOf(root);
  return {
    title: title === '' ? 'Untitled connector' : title,
    description,
    version: '1.0',
    ...(about?.iconBrandColor !== undefined && { iconBrandColor: about.iconBrandColor }),
    ...(about?.publisher !== undefined && { publisher: about.publisher }),
    ...(about?.stackOwner !== undefined && { stackOwner: about.stackOwner }),
    capabilities: about?.capabilities ?? [],
    extensions: {},
  };
}

/** WS-Policy 1.2, its submission and 1.5. */
const policyNamespace =
  /^http:\/\/(schemas\.xmlsoap\.org\/ws\/2004\/09|www\.w3\.org\/ns\/ws-|www\.w3\.org\/2006\/07\/ws-)\/?policy/;

function reportPolicies(documents: XmlDocuments, { root }: XmlDocument): void {
  const pending: XmlElement[] = [root];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const needsAddressing =
      next.local === 'UsingAddressing' && attributeOf(next, 'required', namespaces.wsdl) === 'true';
    if (needsAddressing || policyNamespace.test(next.namespace)) {
      documents.reading.lose('ws-policy', documents.pointerOf(next));
      return;
    }
    // Policies stand in definitions, bindings and ports, not in schemas.
    if (next.namespace !== namespaces.schema) pending.push(...next.children.filter(isElement));
  }
}
