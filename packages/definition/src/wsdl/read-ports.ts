import type { ServerAlternative, ServerModel, SoapVersion } from '../model.ts';
import type { XmlDocuments } from '../xml/xml-documents.ts';
import { attributeOf, childrenOf, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import type { WsdlDefinitions } from './wsdl-definitions.ts';

/** A port that speaks SOAP over HTTP: where it is, and the binding that says how. */
export type SoapPort = {
  /** `service/port`; a binding that no service offers has its own name. */
  readonly name: string;
  readonly service: XmlElement | undefined;
  readonly binding: XmlElement;
  /** `soap:binding`. */
  readonly soap: XmlElement;
  readonly version: SoapVersion;
  /** As written; empty for a binding that no service offers. */
  readonly address: string;
  readonly at: XmlElement;
};

/** SOAP over HTTP as the two versions name it (WSDL 1.1 §3.3, WSDL 1.1 Binding Extension for SOAP 1.2 §2.1). */
const httpTransport =
  /^(http:\/\/schemas\.xmlsoap\.org\/soap\/http|http:\/\/www\.w3\.org\/2003\/05\/soap\/bindings\/HTTP)\/?$/i;

/** Every usable port, in document order; the others are reported. Without a service, the bindings themselves count. */
export function readPorts(documents: XmlDocuments, definitions: WsdlDefinitions): readonly SoapPort[] {
  const ports = definitions.services.flatMap((service) =>
    childrenOf(service, namespaces.wsdl, 'port').flatMap((port) => {
      const binding = findBinding(documents, definitions, port);
      if (binding === undefined) return [];
      const name = `${attributeOf(service, 'name') ?? ''}/${attributeOf(port, 'name') ?? ''}`;
      const usable = readPort(binding, { name, service, at: port, address: addressOf(port) });
      if (typeof usable !== 'string') return [usable];
      documents.reading.report('wsdl-port-ignored', documents.pointerOf(port), { name, found: usable });
      return [];
    }),
  );
  if (ports.length > 0 || definitions.services.length > 0) return ports;
  return definitions.bindings().flatMap((binding) => {
    const name = attributeOf(binding, 'name') ?? '';
    const usable = readPort(binding, { name, service: undefined, at: binding, address: '' });
    return typeof usable === 'string' ? [] : [usable];
  });
}

/** The binding that a port names, or the only one that there is. */
function findBinding(documents: XmlDocuments, definitions: WsdlDefinitions, port: XmlElement): XmlElement | undefined {
  const reference = attributeOf(port, 'binding') ?? '';
  const [only, ...others] = definitions.bindings();
  if (only === undefined || others.length > 0 || definitions.knows('binding', port, reference)) {
    return definitions.find('binding', port, reference);
  }
  documents.reading.report('wsdl-only-binding', documents.pointerOf(port), { found: reference });
  return only;
}

type Place = Pick<SoapPort, 'name' | 'service' | 'at' | 'address'>;

/** A port, or in words what it speaks instead. */
function readPort(binding: XmlElement, place: Place): SoapPort | string {
  const [soap11] = childrenOf(binding, namespaces.wsdlSoap11, 'binding');
  const [soap12] = childrenOf(binding, namespaces.wsdlSoap12, 'binding');
  const soap = soap11 ?? soap12;
  if (soap === undefined) {
    const isHttp = childrenOf(binding, namespaces.wsdlHttp, 'binding').length > 0;
    return isHttp ? 'it is plain HTTP, without SOAP' : 'it is no SOAP';
  }
  const transport = attributeOf(soap, 'transport') ?? '';
  // Some descriptions leave the transport out or name the binding's; the address tells then.
  const isHttp =
    httpTransport.test(transport) || (transport === '' && !/^(?!https?:)[a-z][\w+.-]*:/i.test(place.address));
  if (!isHttp) return `its transport is ${transport === '' ? place.address : transport}`;
  if (/^(?!https?:)[a-z][\w+.-]*:/i.test(place.address)) return `its address is ${place.address}`;
  return { ...place, binding, soap, version: soap11 === undefined ? '1.2' : '1.1' };
}

function addressOf(port: XmlElement): string {
  const [address] = [
    ...childrenOf(port, namespaces.wsdlSoap11, 'address'),
    ...childrenOf(port, namespaces.wsdlSoap12, 'address'),
  ];
  return address === undefined ? '' : (attributeOf(address, 'location') ?? '').trim();
}

/** An address as a server and what every operation adds to its base path. */
export function readAddress(address: string): { readonly server: ServerModel; readonly endpoint: string } {
  const url = /^https?:\/\//i.test(address) ? URL.parse(address) : null;
  if (url === null) return { server: { schemes: ['https'], host: '', basePath: '' }, endpoint: '' };
  const basePath = url.pathname.replace(/\/+$/, '');
  return {
    server: { schemes: [url.protocol === 'http:' ? 'http' : 'https'], host: url.host, basePath },
    endpoint: `${url.pathname.slice(basePath.length)}${url.search}`,
  };
}

export function toAlternative({ name, address }: SoapPort): ServerAlternative {
  return { url: address, description: `The port ${name}`, variables: new Map() };
}
