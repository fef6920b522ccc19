import type { JsonObject, SoapBinding, XmlTypes } from '../model.ts';

/** The extension of an operation that keeps its SOAP binding in a Swagger 2.0 document. */
export const soapExtension = 'x-patchbay-soap';
/** The extension of the document root that keeps the XML types of all bindings. */
export const xmlTypesExtension = 'x-patchbay-xml-types';

/** A binding as an extension's value; {@link readSoapBinding} reads it back. */
export function writeSoapBinding(binding: SoapBinding): JsonObject {
  return { ...binding };
}

/** The XML types as an extension's value; {@link readXmlTypes} reads them back. */
export function writeXmlTypes(types: XmlTypes): JsonObject {
  return Object.fromEntries([...types].map(([key, type]) => [key, { ...type }]));
}
