import type { SoapMessage, XmlElementUse, XmlName } from '../model.ts';
import type { XmlDocuments } from '../xml/xml-documents.ts';
import { attributeOf, childrenOf, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import { globalUse } from '../xsd/read-particles.ts';
import { resolveName } from '../xsd/schema-set.ts';
import type { TypeReader } from '../xsd/type-reader.ts';
import { jsonKindOf } from '../xsd/xml-members.ts';
import type { WsdlDefinitions } from './wsdl-definitions.ts';

/** What messages are read with. */
export type MessageReader = {
  readonly documents: XmlDocuments;
  readonly definitions: WsdlDefinitions;
  readonly types: TypeReader;
};

/** Where a message stands: its operation's name, and what binding and port type say of it. */
export type MessagePlace = {
  readonly operation: string;
  readonly style: 'document' | 'rpc';
  /** The local name of the element around an rpc message. */
  readonly wrapper: string;
  /** `input` or `output` of the port type. */
  readonly abstract: XmlElement;
  /** The same of the binding; a binding may leave it out. */
  readonly concrete: XmlElement | undefined;
};

const once = { min: 1, max: 1 } as const;

/** Reads a message as its binding puts it into an envelope (WSDL 1.1 §3.5). Undefined when its definition is missing. */
export function readMessage(reader: MessageReader, place: MessagePlace): SoapMessage | undefined {
  const { definitions } = reader;
  const message = definitions.find('message', place.abstract, attributeOf(place.abstract, 'message') ?? '');
  if (message === undefined) return undefined;
  const body = soapChildren(place.concrete, 'body')[0];
  const headers = soapChildren(place.concrete, 'header');
  const headerParts = new Set(
    headers.filter((one) => isOfMessage(reader, one, message)).map((one) => attributeOf(one, 'part') ?? ''),
  );
  const stated = body === undefined ? undefined : attributeOf(body, 'parts');
  const names = stated?.split(/\s+/).filter((name) => name !== '');
  const parts = childrenOf(message, namespaces.wsdl, 'part').filter((part) => {
    const name = attributeOf(part, 'name') ?? '';
    return names === undefined ? !headerParts.has(name) : names.includes(name);
  });
  const uses = uniqueMembers(parts.map((part) => readPart(reader, part, place)));
  const [only] = uses;
  const isContent = place.style === 'document' && uses.length === 1 && only !== undefined && isObject(reader, only);
  return {
    ...(place.style === 'rpc' && { wrapper: wrapperName(definitions, place, body) }),
    parts: uses,
    shape: isContent ? 'content' : 'parts',
    headers: uniqueMembers(headers.flatMap((header) => readHeader(reader, header, place))),
    encoded: body !== undefined && attributeOf(body, 'use') === 'encoded',
  };
}

/** What a fault's detail holds. */
export function readFault(reader: MessageReader, fault: XmlElement, operation: string): readonly XmlElementUse[] {
  const message = reader.definitions.find('message', fault, attributeOf(fault, 'message') ?? '');
  if (message === undefined) return [];
  const place = { operation, style: 'document', wrapper: '', abstract: fault, concrete: undefined } as const;
  return childrenOf(message, namespaces.wsdl, 'part').map((part) => readPart(reader, part, place));
}

/** The elements of SOAP's own in a binding's input or output, also those inside of a MIME part (WSDL 1.1 §5). */
export function soapChildren(concrete: XmlElement | undefined, local: string): readonly XmlElement[] {
  if (concrete === undefined) return [];
  const inParts = childrenOf(concrete, namespaces.wsdlMime, 'multipartRelated').flatMap((related) =>
    childrenOf(related, namespaces.wsdlMime, 'part'),
  );
  return [concrete, ...inParts].flatMap((holder) => [
    ...childrenOf(holder, namespaces.wsdlSoap11, local),
    ...childrenOf(holder, namespaces.wsdlSoap12, local),
  ]);
}

function isOfMessage({ definitions }: MessageReader, header: XmlElement, message: XmlElement): boolean {
  const reference = attributeOf(header, 'message');
  return reference !== undefined && definitions.find('message', header, reference) === message;
}

function readHeader(reader: MessageReader, header: XmlElement, place: MessagePlace): readonly XmlElementUse[] {
  const message = reader.definitions.find('message', header, attributeOf(header, 'message') ?? '');
  const name = attributeOf(header, 'part') ?? '';
  const part = message && childrenOf(message, namespaces.wsdl, 'part').find((one) => attributeOf(one, 'name') === name);
  // Whether a header is needed, the description does not say.
  return part === undefined ? [] : [{ ...readPart(reader, part, place), min: 0 }];
}

function readPart(reader: MessageReader, part: XmlElement, place: MessagePlace): XmlElementUse {
  const { types } = reader;
  const name = attributeOf(part, 'name') ?? '';
  const element = attributeOf(part, 'element');
  if (element !== undefined) {
    const target = resolveName(part, element);
    const component = types.schemas.find('element', target);
    if (component !== undefined) return globalUse(types, component, once);
    types.report('xsd-name-not-found', part, { found: element });
    return { kind: 'element', name: target, member: target.local, type: { kind: 'any' }, nillable: false, ...once };
  }
  if (place.style === 'document') types.report('wsdl-part-type', part, { operation: place.operation, name });
  const stated = attributeOf(part, 'type');
  const { use, schema } = types.named(resolveName(part, stated ?? ''), part);
  // Parts of an rpc message have no namespace (WS-I Basic Profile 1.1, R2735).
  const made: XmlElementUse = {
    kind: 'element',
    name: { namespace: '', local: name },
    member: name,
    type: use,
    nillable: false,
    ...once,
  };
  if (schema !== undefined) types.notes.set(made, { schema });
  return made;
}

function wrapperName(definitions: WsdlDefinitions, place: MessagePlace, body: XmlElement | undefined): XmlName {
  const portType = place.abstract.parent?.parent;
  const own = portType === undefined ? '' : definitions.nameOf(portType).namespace;
  return { namespace: (body && attributeOf(body, 'namespace')) ?? own, local: place.wrapper };
}

/** Whether a part's value is an object, so that it can stand for the whole message. */
function isObject({ types }: MessageReader, { type }: XmlElementUse): boolean {
  if (type.kind === 'any') return true;
  const complex = type.kind === 'complex' ? types.readNow(type.key) : undefined;
  return complex !== undefined && jsonKindOf(complex) === 'object';
}

function uniqueMembers(uses: readonly XmlElementUse[]): readonly XmlElementUse[] {
  const taken = new Set<string>();
  return uses.map((use) => {
    let { member } = use;
    for (let number = 2; taken.has(member); number += 1) member = `${use.member}_${number}`;
    taken.add(member);
    return member === use.member ? use : { ...use, member };
  });
}
