/** The namespaces that WSDL 1.1, XML Schema and SOAP are written in. */
export const namespaces = {
  wsdl: 'http://schemas.xmlsoap.org/wsdl/',
  wsdl2: 'http://www.w3.org/ns/wsdl',
  schema: 'http://www.w3.org/2001/XMLSchema',
  instance: 'http://www.w3.org/2001/XMLSchema-instance',
  xml: 'http://www.w3.org/XML/1998/namespace',
  wsdlSoap11: 'http://schemas.xmlsoap.org/wsdl/soap/',
  wsdlSoap12: 'http://schemas.xmlsoap.org/wsdl/soap12/',
  wsdlHttp: 'http://schemas.xmlsoap.org/wsdl/http/',
  wsdlMime: 'http://schemas.xmlsoap.org/wsdl/mime/',
  soap11: 'http://schemas.xmlsoap.org/soap/envelope/',
  soap12: 'http://www.w3.org/2003/05/soap-envelope',
  encoding11: 'http://schemas.xmlsoap.org/soap/encoding/',
  encoding12: 'http://www.w3.org/2003/05/soap-encoding',
} as const;
