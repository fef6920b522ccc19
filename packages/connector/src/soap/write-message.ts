import {
  type ConnectorModel,
  type JsonValue,
  namespaces,
  parseXml,
  type SoapBinding,
  type SoapVersion,
} from '@patchbay/definition';
import { readEnvelope } from '../envelope.ts';
import { ConnectorError } from '../errors.ts';
import { ElementWriter } from './element-writer.ts';
import { Prefixes } from './prefixes.ts';
import { isObject } from './write-other.ts';
import { mismatch } from './write-simple.ts';
import { XmlTypeTable } from './xml-type-table.ts';

/** The member of a message's JSON that holds its SOAP headers. */
export const headersMember = '#headers';

const declaration = '<?xml version="1.0" encoding="utf-8"?>';

/** Compiles how a request's JSON, or in pass-through its XML, becomes an envelope. */
export function compileMessage(model: ConnectorModel, soap: SoapBinding): (value: JsonValue) => string {
  if (soap.mode === 'passThrough') return (value) => wrapXml(value, soap.version);
  const types = new XmlTypeTable(model.xmlTypes ?? new Map());
  return (value) => writeMessage(types, soap, parsed(value));
}

/** The namespace of a version's envelope. */
export function envelopeNamespace(version: SoapVersion): string {
  return version === '1.1' ? namespaces.soap11 : namespaces.soap12;
}

function writeMessage(types: XmlTypeTable, { version, request }: SoapBinding, value: JsonValue): string {
  if (!isObject(value)) throw mismatch(value, 'body', 'an object');
  const prefixes = new Prefixes([
    ['soap', envelopeNamespace(version)],
    ['xsi', namespaces.instance],
    ['xsd', namespaces.schema],
  ]);
  const writer = new ElementWriter(types, prefixes, request.encoded ? version : undefined);
  const { [headersMember]: headers = {}, ...content } = value;
  if (!isObject(headers)) throw mismatch(headers, `body/${headersMember}`, 'an object');
  const [only] = request.parts;
  const parts =
    request.shape === 'content' && only !== undefined
      ? writer.write(only, content, 'body')
      : writer.writeMembers(request.parts, content, 'body');
  const head = writer.writeMembers(request.headers, headers, `body/${headersMember}`);
  const encoding = version === '1.1' ? namespaces.encoding11 : namespaces.encoding12;
  const style = request.encoded ? ` soap:encodingStyle="${encoding}"` : '';
  const wrapper = request.wrapper && prefixes.write(request.wrapper);
  const body = wrapper === undefined ? parts : `<${wrapper}${style}>${parts}</${wrapper}>`;
  const header = head === '' ? '' : `<soap:Header>${head}</soap:Header>`;
  return `${declaration}<soap:Envelope${prefixes.declarations()}>${header}<soap:Body>${body}</soap:Body></soap:Envelope>`;
}

/** A body that was serialised already. */
function parsed(value: JsonValue): JsonValue {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value) as JsonValue;
  } catch {
    return value;
  }
}

/** XML as it was given: a whole envelope, or what stands in its body. */
function wrapXml(value: JsonValue, version: SoapVersion): string {
  const envelope = readEnvelope(value);
  const text = envelope === undefined ? value : new TextDecoder().decode(envelope.bytes);
  if (typeof text !== 'string') throw mismatch(text, 'body', 'XML as text');
  const bare = text.replace(/^\uFEFF?\s*(<\?xml[^>]*\?>)?\s*/, '');
  const whole = parseXml(bare);
  const isEnvelope =
    whole.root?.local === 'Envelope' &&
    (whole.root.namespace === namespaces.soap11 || whole.root.namespace === namespaces.soap12);
  if (isEnvelope && whole.doctypeOffset === undefined) return declaration + bare;
  const wrapped = `${declaration}<soap:Envelope xmlns:soap="${envelopeNamespace(version)}"><soap:Body>${bare}</soap:Body></soap:Envelope>`;
  const { problem, doctypeOffset } = parseXml(wrapped);
  if (problem === undefined && doctypeOffset === undefined) return wrapped;
  const why = problem?.message ?? 'a DOCTYPE cannot be sent';
  throw new ConnectorError('parameter-invalid', `The body is not well-formed XML: ${why.replace(/\.$/, '')}.`);
}
