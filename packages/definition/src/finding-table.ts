import type { Finding } from './finding.ts';

/**
 * Every finding about what a document says, besides those of its JSON. `{…}` is filled in. An error makes an operation, or the
 * whole, unusable; a warning is something that was coped with.
 */
export const findingTable = {
  'swagger-version': ['warning', 'The document says "swagger": {found} instead of "2.0". It was read as 2.0.'],
  'openapi-version': ['warning', 'The document says openapi: {found}, which is no version 3.x. It was read as 3.2.'],
  'server-relative': [
    'warning',
    'The server address "{url}" is relative, and where the document was published is not known. Operations can only be called when a base URL is given.',
  ],
  'server-not-valid': ['warning', '"{url}" is no address of a server. It was ignored.'],
  'server-placeholder': [
    'warning',
    'The server address "{url}" names no real host: {host} has to be filled in. Operations can only be called when a base URL is given.',
  ],
  'server-variable-undefined': ['warning', 'The server address "{url}" has {{name}}, but no such variable is defined.'],
  'parameter-style': [
    'warning',
    '{operation}: the style {found} cannot be used for {name} in {location}. It was read as {read}.',
  ],
  'parameter-name-shared': [
    'warning',
    '{operation}: {name} stands in {first} and in {second}. One value goes to both.',
  ],
  'body-without-content': ['warning', '{operation}: its body says no media type. It was read as any JSON.'],
  'member-type': ['warning', '{member} should be {expected}, and is {found}. It was ignored.'],
  'info-title-missing': [
    'warning',
    'The definition has no title. Give it one in info.title: it becomes the connector’s name.',
  ],
  'host-missing': [
    'warning',
    'The definition names no host, so its operations can only be called when a base URL is given.',
  ],
  'host-not-valid': ['warning', '"{found}" is not a host: write the name and port only, without scheme and path.'],
  'base-path-not-valid': ['warning', 'basePath must begin with a slash. It was read as "{read}".'],
  'scheme-not-supported': ['warning', 'The scheme {found} is not supported; http and https are.'],
  'paths-missing': ['error', 'The definition has no paths, so there is nothing to call.'],
  'path-must-start-with-slash': ['warning', 'The path "{path}" must begin with a slash. One was added.'],
  'operation-id-missing': [
    'warning',
    '{operation} has no operationId. It was named {read}; name it, so that flows can rely on it.',
  ],
  'operation-id-not-unique': [
    'error',
    'The operationId {id} is used twice. Only the first can be called by it; rename one.',
  ],
  'path-parameter-missing': [
    'warning',
    '{operation}: the path has {{name}} but no such path parameter. It was read as a required text; declare it.',
  ],
  'path-parameter-not-in-path': [
    'warning',
    '{operation}: the path parameter {name} does not occur in the path. It was ignored.',
  ],
  'parameter-not-valid': ['error', '{operation}: a parameter has no {member}. It was ignored.'],
  'parameter-location': [
    'error',
    '{operation}: the parameter {name} is in "{found}", which is no place for a parameter. It was ignored.',
  ],
  'parameter-duplicate': [
    'warning',
    '{operation}: the parameter {name} is declared twice in {found}. The last one counts.',
  ],
  'body-duplicate': [
    'error',
    '{operation} has more than one body parameter. Only the first is sent; merge them into one schema.',
  ],
  'body-and-form': [
    'error',
    '{operation} has both a body and form parameters. A request has one body: the form parameters were ignored.',
  ],
  'body-not-allowed': [
    'warning',
    '{operation}: a {method} request has no body of its own; many servers ignore or refuse it.',
  ],
  'collection-format': [
    'warning',
    '{operation}: the collectionFormat {found} of {name} is not known. It was read as csv.',
  ],
  'connection-id-parameter': [
    'warning',
    '{operation}: a parameter must not be called connectionId; the platform uses that name itself.',
  ],
  'responses-missing': ['warning', '{operation} declares no responses. Say at least what a good one looks like.'],
  'reference-not-found': ['error', '{found} refers to nothing in this document.'],
  'reference-loop': ['error', '{found} refers to itself. It was read as any value.'],
  'reference-external': [
    'error',
    '{found} refers to a file that was not given. Give it along, or put what it holds into this document.',
  ],
  'security-not-defined': ['warning', 'The security scheme {name} is required but not defined.'],
  'security-scheme': [
    'warning',
    'The security scheme {name} has the type {found}, which is not known. It was ignored.',
  ],
  'security-ambiguous': [
    'info',
    'The definition has several security schemes. The first one that is required, {name}, is used.',
  ],
  'schema-too-deep': ['warning', 'A schema nests deeper than is read. What is deeper was read as any value.'],
  'trigger-kind': [
    'warning',
    '{operation}: x-ms-trigger is "{found}"; it should be single or batch. It was read as single.',
  ],
  'callback-url-missing': [
    'warning',
    '{operation} is a webhook trigger, but no property of its body is marked x-ms-notification-url, so the service cannot be told where to call.',
  ],
  'properties-not-valid': ['error', 'apiProperties.json holds no "properties" object.'],
  'connection-parameter-type': [
    'warning',
    'The connection parameter {name} has the type {found}, which is not known. It was read as string.',
  ],
  'policy-template-unknown': [
    'warning',
    'The policy {policy}: there is no template {found}. It was ignored; check its spelling.',
  ],
  'policy-section': ['warning', 'The policy {policy} does not act there. It can act on {expected}; it was ignored.'],
  'policy-parameter-missing': ['error', 'The policy {policy} needs the parameter {name}. It was ignored.'],
  'policy-parameter': ['error', 'The policy {policy}: the parameter {name} cannot be: {problem}. It was ignored.'],
  'policy-parameter-unknown': [
    'info',
    'The policy {policy} has no parameter {name}. It was passed over; check its spelling.',
  ],
  'xml-invalid': ['error', 'This is not well-formed XML: {found}'],
  'xml-refused': ['error', 'This XML is not read: {found}.'],
  'xml-doctype': [
    'warning',
    'The document has a DOCTYPE. It was ignored: entities that it declares are unknown and nothing is fetched.',
  ],
  'wsdl-version': [
    'error',
    'This is a WSDL 2.0 description, which is not read. Ask the service for its WSDL 1.1 description.',
  ],
  'wsdl-namespace': ['error', 'The root element is in the namespace "{found}", so this is no WSDL 1.1 description.'],
  'import-not-given': [
    'warning',
    '{found} is imported but was not given. Give it along, or what it defines is read as any value.',
  ],
  'wsdl-no-operations': [
    'error',
    'There is nothing to call: {found}. Patchbay calls operations that a binding ties to SOAP over HTTP.',
  ],
  'wsdl-port-ignored': [
    'info',
    'The port {name} was left out: {found}. Operations of ports that speak SOAP over HTTP are read.',
  ],
  'wsdl-port-not-found': ['error', 'There is no port {found} that speaks SOAP over HTTP. There are: {known}.'],
  'wsdl-name-not-found': ['warning', 'The {kind} {found} is not defined. What refers to it was left out.'],
  'wsdl-operation-overloaded': [
    'info',
    'The operation {operation} is defined more than once. This one is called {read}.',
  ],
  'wsdl-part-type': [
    'warning',
    '{operation}: the part {name} of a document has a type where it should have an element. It is sent as an element of the part’s name.',
  ],
  'soap-attachments': [
    'error',
    '{operation} was left out: it sends or answers MIME attachments, which are not supported.',
  ],
  'soap-notification': [
    'warning',
    '{operation} was left out: the service sends this message by itself, nobody calls it.',
  ],
  'wsdl-message-unknown': [
    'warning',
    '{operation}: its messages are not described, so it is called with the XML itself and answers with it.',
  ],
  'wsdl-only-binding': ['warning', 'The binding {found} is not defined. The only one that is was taken.'],
  'soap-binding-not-valid': [
    'error',
    '{operation}: x-patchbay-soap does not hold a SOAP binding. It was ignored; import the WSDL again.',
  ],
  'soap-types-not-valid': [
    'error',
    'x-patchbay-xml-types does not hold the types of SOAP bindings. It was ignored; import the WSDL again.',
  ],
  'xsd-name-not-found': ['warning', '{found} is not defined in any schema that was given. It was read as any value.'],
  'xsd-loop': ['warning', 'A definition builds on itself. It was read without what it builds on.'],
  'xsd-too-large': ['warning', 'The schemas multiply to more elements than are read. Further ones were left out.'],
  'xsd-array-type': ['warning', 'The array type {found} is not supported. Its items were read as any value.'],
  'webhook-signature-not-valid': [
    'error',
    '{operation}: x-patchbay-webhook-signature cannot be used: {problem}. Nothing that the service sends is accepted.',
  ],
  'pagination-not-valid': [
    'warning',
    '{operation}: x-patchbay-pagination cannot be used: {problem}. Only the first page is ever taken.',
  ],
  'policy-without-template': ['warning', 'A policy has no templateId. It was ignored.'],
  'sample-json-invalid': [
    'warning',
    '{operation}: the body is said to be JSON and cannot be read as such. Its shape was left open.',
  ],
  'sample-url-not-valid': [
    'error',
    '"{found}" is no address of an HTTP API. Write it with scheme and host, as in https://api.example.com/loans.',
  ],
  'sample-method-not-valid': ['error', '"{found}" is no method of HTTP.'],
  'collection-empty': ['error', 'The collection has no requests, so there is nothing to call.'],
  'sample-file-not-given': [
    'warning',
    'What is sent from {file} is not known: the file was not given. Its shape was left open.',
  ],
  'curl-quote-open': [
    'warning',
    'A quote begins here that never ends. The rest of the text was taken for what it quotes.',
  ],
  'curl-url-missing': ['error', 'The command has no address, so there is nothing to call.'],
  'curl-argument-missing': ['warning', '{option} needs an argument and has none.'],
  'curl-option-unknown': ['warning', 'cURL has no option {option}. It was read as one without an argument.'],
  'curl-form-not-valid': ['warning', '"{found}" is no field of a form: write name=value. It was left out.'],
  'command-not-read': ['info', '{command} is not cURL. This command was left out.'],
  'har-without-calls': [
    'error',
    'None of the recorded requests is a call of an API. Record the calls themselves: requests that answer with JSON, XML or text.',
  ],
  'package-unreadable': ['error', 'The zip archive cannot be read whole: {why}.'],
  'package-without-definition': [
    'error',
    'The zip archive holds no description of an API. Put apiDefinition.swagger.json into it, at its top or in one folder.',
  ],
  'custom-api-without-definition': [
    'error',
    'The resource holds no definition in "swagger", only where one may be found. Put the definition itself there, or import that.',
  ],
} as const satisfies Readonly<Record<string, readonly [Finding['severity'], string]>>;

export type FindingCode = keyof typeof findingTable;
