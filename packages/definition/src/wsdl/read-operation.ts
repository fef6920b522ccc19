import type {
  BodyModel,
  OperationModel,
  ResponseModel,
  SchemaModel,
  SoapBinding,
  SoapMessage,
  XmlElementUse,
} from '../model.ts';
import { attributeOf, childrenOf, textOf, type XmlElement } from '../xml/xml-element.ts';
import { namespaces } from '../xml/xml-namespaces.ts';
import type { TypeSchemas } from '../xsd/type-schemas.ts';
import { type MessageReader, readFault, readMessage } from './read-messages.ts';
import type { SoapPort } from './read-ports.ts';

/** An operation that was bound, but whose schemas are not known until every type is read. */
export type BoundOperation = {
  readonly name: string;
  readonly operationId: string;
  readonly description: string;
  readonly soap: SoapBinding;
  readonly pointer: string;
};

/** Reads an operation of a binding. Undefined when it cannot be called, which is reported. */
export function readOperation(
  reader: MessageReader,
  port: SoapPort,
  concrete: XmlElement,
  options: { readonly operationId: string; readonly endpoint: string; readonly mode: SoapBinding['mode'] },
): BoundOperation | undefined {
  const name = attributeOf(concrete, 'name') ?? '';
  const pointer = reader.documents.pointerOf(concrete);
  const abstract = findAbstract(reader, port, concrete, name);
  if (abstract !== undefined && (abstract.input === undefined || abstract.isNotification)) {
    reader.documents.reading.report('soap-notification', pointer, { operation: name });
    return undefined;
  }
  if (hasAttachments(concrete)) {
    reader.documents.reading.report('soap-attachments', pointer, { operation: name });
    return undefined;
  }
  const soapOperation = soapChild(concrete, 'operation');
  const style = (soapOperation && attributeOf(soapOperation, 'style')) ?? attributeOf(port.soap, 'style');
  const messages = readMessages(reader, concrete, abstract, name, style === 'rpc' ? 'rpc' : 'document');
  if (messages === undefined) reader.documents.reading.report('wsdl-message-unknown', pointer, { operation: name });
  return {
    name,
    operationId: options.operationId,
    description: (abstract && documentationOf(abstract.element)) || documentationOf(concrete),
    pointer,
    soap: {
      version: port.version,
      mode: messages === undefined ? 'passThrough' : options.mode,
      action: (soapOperation && attributeOf(soapOperation, 'soapAction')) ?? '',
      endpoint: options.endpoint,
      ...(messages ?? { request: unknownMessage, response: unknownMessage, faults: [] }),
    },
  };
}

const unknownMessage: SoapMessage = { parts: [], shape: 'parts', headers: [], encoded: false };

/** The messages of an operation; undefined when one of them is not defined. */
function readMessages(
  reader: MessageReader,
  concrete: XmlElement,
  abstract: Abstract | undefined,
  operation: string,
  style: 'document' | 'rpc',
): Pick<SoapBinding, 'request' | 'response' | 'faults'> | undefined {
  if (abstract?.input === undefined) return undefined;
  const { element, input, output } = abstract;
  const [concreteInput] = childrenOf(concrete, namespaces.wsdl, 'input');
  const [concreteOutput] = childrenOf(concrete, namespaces.wsdl, 'output');
  const place = { operation, style };
  const request = readMessage(reader, { ...place, wrapper: operation, abstract: input, concrete: concreteInput });
  const answer = { ...place, wrapper: `${operation}Response`, concrete: concreteOutput };
  const response = output && readMessage(reader, { ...answer, abstract: output });
  if (request === undefined || (output !== undefined && response === undefined)) return undefined;
  const faults = childrenOf(element, namespaces.wsdl, 'fault').flatMap((fault) => readFault(reader, fault, operation));
  return { request, ...(response !== undefined && { response }), faults };
}

/** An operation of a port type. */
type Abstract = {
  readonly element: XmlElement;
  readonly input: XmlElement | undefined;
  readonly output: XmlElement | undefined;
  readonly isNotification: boolean;
};

/** The operation of the port type that a binding's operation means: of several with its name, the one with its messages' names. */
function findAbstract(
  reader: MessageReader,
  { binding }: SoapPort,
  concrete: XmlElement,
  name: string,
): Abstract | undefined {
  const portType = reader.definitions.find('portType', binding, attributeOf(binding, 'type') ?? '');
  if (portType === undefined) return undefined;
  const all = childrenOf(portType, namespaces.wsdl, 'operation').filter((one) => attributeOf(one, 'name') === name);
  const nameIn = (operation: XmlElement, local: string): string | undefined => {
    const [message] = childrenOf(operation, namespaces.wsdl, local);
    return message && attributeOf(message, 'name');
  };
  const matching = all.filter((one) =>
    ['input', 'output'].every((local) => {
      const wanted = nameIn(concrete, local);
      return wanted === undefined || nameIn(one, local) === undefined || nameIn(one, local) === wanted;
    }),
  );
  const element = matching[0] ?? all[0];
  if (element === undefined) {
    const pointer = reader.documents.pointerOf(concrete);
    reader.documents.reading.report('wsdl-name-not-found', pointer, { kind: 'operation', found: name });
    return undefined;
  }
  const [input] = childrenOf(element, namespaces.wsdl, 'input');
  const [output] = childrenOf(element, namespaces.wsdl, 'output');
  const isNotification =
    input !== undefined && output !== undefined && element.children.indexOf(output) < element.children.indexOf(input);
  return { element, input, output, isNotification };
}

function hasAttachments(concrete: XmlElement): boolean {
  return ['input', 'output'].some((local) =>
    childrenOf(concrete, namespaces.wsdl, local).some((message) =>
      childrenOf(message, namespaces.wsdlMime, 'multipartRelated').some((related) =>
        childrenOf(related, namespaces.wsdlMime, 'part').some(
          (part) => childrenOf(part, namespaces.wsdlMime).length > 0,
        ),
      ),
    ),
  );
}

function soapChild(element: XmlElement, local: string): XmlElement | undefined {
  return [
    ...childrenOf(element, namespaces.wsdlSoap11, local),
    ...childrenOf(element, namespaces.wsdlSoap12, local),
  ][0];
}

/** `wsdl:documentation` in plain text. */
export function documentationOf(element: XmlElement): string {
  const [documentation] = childrenOf(element, namespaces.wsdl, 'documentation');
  return documentation === undefined ? '' : textOf(documentation).replace(/\s+/g, ' ').trim();
}

/** The operation as an action: JSON or XML in, the same out. */
export function toOperation(bound: BoundOperation, schemas: TypeSchemas): OperationModel {
  const { name, operationId, description, soap, pointer } = bound;
  const isRest = soap.mode === 'rest';
  const mediaType = isRest ? 'application/json' : soap.version === '1.1' ? 'text/xml' : 'application/soap+xml';
  return {
    operationId,
    method: 'post',
    path: `/${operationId}`,
    summary: name,
    description,
    visibility: 'normal',
    deprecated: false,
    tags: [],
    parameters: [],
    body: toBody(soap, schemas, pointer),
    responses: toResponses(soap, schemas),
    consumes: [mediaType],
    produces: [mediaType],
    soap,
    extensions: {},
    pointer,
  };
}

function toBody(soap: SoapBinding, schemas: TypeSchemas, pointer: string): BodyModel {
  const isRest = soap.mode === 'rest';
  const schema: SchemaModel = isRest ? messageSchema(soap.request, schemas) : { kind: 'string', format: 'xml' };
  return {
    name: 'body',
    required: !isRest || (schema.kind === 'object' && schema.required.length > 0),
    schema,
    summary: 'body',
    description: isRest ? '' : 'What stands in the SOAP body, or a whole envelope, as XML.',
    visibility: 'normal',
    extensions: {},
    pointer,
  };
}

function toResponses(soap: SoapBinding, schemas: TypeSchemas): readonly ResponseModel[] {
  const about = { headers: [], extensions: {} };
  const isRest = soap.mode === 'rest';
  const fault: ResponseModel = {
    status: '500',
    description: 'A SOAP fault',
    schema: isRest ? faultSchema(soap.faults, schemas) : { kind: 'string', format: 'xml' },
    ...about,
  };
  if (soap.response === undefined) {
    return [{ status: '202', description: 'Taken; there is no answer', ...about }, fault];
  }
  const schema: SchemaModel = isRest ? messageSchema(soap.response, schemas) : { kind: 'string', format: 'xml' };
  return [{ status: '200', description: 'The answer', schema, ...about }, fault];
}

type ObjectSchema = SchemaModel & { readonly kind: 'object' };

function objectOf(uses: readonly XmlElementUse[], schemas: TypeSchemas): ObjectSchema {
  return {
    kind: 'object',
    properties: new Map(uses.map((use) => [use.member, schemas.ofElement(use)])),
    required: uses.filter(({ min, nillable }) => min > 0 && !nillable).map(({ member }) => member),
    additionalProperties: false,
  };
}

/** A message's JSON: the content of its only part or an object of its parts, with its headers beside. */
function messageSchema(message: SoapMessage, schemas: TypeSchemas): SchemaModel {
  const [only] = message.parts;
  const content = message.shape === 'content' && only !== undefined ? contentSchema(only, schemas) : undefined;
  const body: ObjectSchema = content ?? objectOf(message.parts, schemas);
  if (message.headers.length === 0) return body;
  const headers: SchemaModel = {
    ...objectOf(message.headers, schemas),
    summary: 'SOAP headers',
    visibility: 'advanced',
  };
  return { ...body, properties: new Map([...body.properties, ['#headers', headers]]) };
}

function contentSchema({ type }: XmlElementUse, schemas: TypeSchemas): ObjectSchema | undefined {
  if (type.kind === 'complex') {
    const schema = schemas.ofType(type.key);
    if (schema.kind === 'object') return schema;
  }
  return type.kind === 'any'
    ? { kind: 'object', properties: new Map(), required: [], additionalProperties: true }
    : undefined;
}

function faultSchema(faults: readonly XmlElementUse[], schemas: TypeSchemas): SchemaModel {
  const optional = faults.map((use) => ({ ...use, min: 0 }));
  const detail: SchemaModel =
    faults.length === 0 ? { kind: 'any' } : { ...objectOf(optional, schemas), additionalProperties: true };
  const error: SchemaModel = {
    kind: 'object',
    properties: new Map<string, SchemaModel>([
      ['code', { kind: 'string' }],
      ['message', { kind: 'string' }],
      ['actor', { kind: 'string' }],
      ['detail', detail],
    ]),
    required: ['code', 'message'],
    additionalProperties: true,
  };
  return { kind: 'object', properties: new Map([['error', error]]), required: ['error'], additionalProperties: false };
}
