import {
  type ConnectorModel,
  isElement,
  type JsonObject,
  type JsonValue,
  namespaces,
  type OperationModel,
  type ParsedXml,
  parseXml,
  type SoapBinding,
  type SoapMessage,
  type XmlElement,
  type XmlElementUse,
} from '@patchbay/definition';
import { decodeBody, type RawAnswer, type ReadAnswer } from '../decode-result.ts';
import { ConnectorError } from '../errors.ts';
import { decodeXml } from './decode-xml.ts';
import { ElementReader } from './element-reader.ts';
import { readFault } from './read-fault.ts';
import { headersMember } from './write-message.ts';
import { XmlTypeTable } from './xml-type-table.ts';

/**
 * Compiles how an operation's SOAP answers become results: the message as JSON, a fault as `{"error": …}` with an error status, in
 * pass-through the XML as it came. What is no SOAP is a failure, unless its status says that it is an error anyway.
 */
export function compileAnswer(model: ConnectorModel, operation: OperationModel, soap: SoapBinding): ReadAnswer {
  const types = new XmlTypeTable(model.xmlTypes ?? new Map());
  return (answer) => {
    const { status: statusCode, headers, bytes } = answer;
    const contentType = headers['content-type'] ?? '';
    if (/^\s*multipart\//i.test(contentType)) {
      throw notSoap(operation, answer, 'with MIME parts (attachments or MTOM), which are not supported');
    }
    if (bytes.length === 0) return { statusCode, headers, body: null };
    const text = decodeXml(contentType, bytes);
    const { root, problem } = parseXml(text.replace(/^\uFEFF?\s+/, ''));
    const isEnvelope = root?.local === 'Envelope' && isSoap(root.namespace);
    const body = isEnvelope ? childOf(root, 'Body') : undefined;
    const fault = body?.children.filter(isElement).find((one) => one.local === 'Fault' && isSoap(one.namespace));
    // Some services answer a fault as if all were well.
    const status = fault !== undefined && statusCode < 400 ? 500 : statusCode;
    if (soap.mode === 'passThrough') return { statusCode: status, headers, body: text };
    if (root === undefined || body === undefined) {
      if (statusCode >= 400) return { statusCode, headers, body: decodeAnyway(contentType, answer, text) };
      throw notSoap(operation, answer, whyNot(problem), text);
    }
    const reader = new ElementReader(types, body);
    if (fault !== undefined) return { statusCode: status, headers, body: readFault(fault, soap.faults, reader) };
    const { response } = soap;
    const value = response === undefined ? readUndescribed(body, reader) : readBody(response, root, body, reader);
    return { statusCode, headers, body: value };
  };
}

function whyNot(problem: ParsedXml['problem']): string {
  if (problem === undefined) return 'with no SOAP envelope';
  const what = problem.kind === 'refused' ? 'XML that is not read' : 'what is not well-formed XML';
  return `with ${what} (${problem.message.replace(/\.$/, '')})`;
}

function isSoap(namespace: string): boolean {
  return namespace === namespaces.soap11 || namespace === namespaces.soap12;
}

function childOf(parent: XmlElement, local: string): XmlElement | undefined {
  return parent.children.filter(isElement).find((one) => one.local === local);
}

/** What comes where nothing was announced. */
function readUndescribed(body: XmlElement, reader: ElementReader): JsonValue {
  const elements = body.children.filter(isElement);
  return elements.length === 0 ? null : Object.fromEntries(reader.others(elements, ''));
}

function readBody(message: SoapMessage, envelope: XmlElement, body: XmlElement, reader: ElementReader): JsonValue {
  const elements = body.children.filter(isElement);
  const [only] = message.parts;
  const headers = readHeaders(message, envelope, reader);
  if (message.shape === 'content' && only !== undefined) {
    const element = find(elements, only) ?? elements[0];
    const value = element === undefined ? {} : reader.read(only, element);
    return { ...toObject(value), ...headers };
  }
  const { wrapper } = message;
  const around =
    wrapper === undefined ? undefined : (elements.find(({ local }) => local === wrapper.local) ?? elements[0]);
  const holders = around === undefined ? elements : around.children.filter(isElement);
  const [first] = holders;
  // Some services name their only part as they please.
  const isAlone = wrapper !== undefined && message.parts.length === 1 && holders.length === 1;
  const parts = message.parts.flatMap((part): [string, JsonValue][] => {
    const element = find(holders, part) ?? (isAlone ? first : undefined);
    return element === undefined ? [] : [[part.member, reader.read(part, element)]];
  });
  return { ...Object.fromEntries(parts), ...headers };
}

/** The content of a message, which is always an object. */
function toObject(value: JsonValue): JsonObject {
  if (value === null || value === '') return {};
  return typeof value === 'object' && !Array.isArray(value) ? (value as JsonObject) : { '#text': value };
}

function readHeaders(message: SoapMessage, envelope: XmlElement, reader: ElementReader): JsonObject {
  const header = message.headers.length === 0 ? undefined : childOf(envelope, 'Header');
  if (header === undefined) return {};
  const elements = header.children.filter(isElement);
  const found = message.headers.flatMap((use): [string, JsonValue][] => {
    const element = find(elements, use);
    return element === undefined ? [] : [[use.member, reader.read(use, element)]];
  });
  return found.length === 0 ? {} : { [headersMember]: Object.fromEntries(found) };
}

function find(elements: readonly XmlElement[], { name }: XmlElementUse): XmlElement | undefined {
  return (
    elements.find(({ local, namespace }) => local === name.local && namespace === name.namespace) ??
    elements.find(({ local }) => local === name.local)
  );
}

/** An error answer that is no SOAP: as well as it can be told. */
function decodeAnyway(contentType: string, { bytes }: RawAnswer, text: string): JsonValue {
  try {
    return decodeBody(contentType, bytes);
  } catch (error) {
    if (error instanceof SyntaxError) return text;
    throw error;
  }
}

function notSoap({ operationId }: OperationModel, { status }: RawAnswer, what: string, text = ''): ConnectorError {
  const start = text.slice(0, 200).replace(/\s+/g, ' ').trim();
  const shown = start === '' ? '' : `: "${start}${text.length > 200 ? '…' : ''}"`;
  return new ConnectorError(
    'response-not-soap',
    `${operationId} should answer with a SOAP envelope, but the service answered ${status} ${what}${shown}. Check the address of the service.`,
    { operationId, evidence: String(status) },
  );
}
