/**
 * Every code that an error of the HTTP surfaces can carry: its status and its title. Codes are in the form of the compatible
 * surface; a code of a room below (`address-refused`) is given in the same form (`AddressRefused`).
 */
export const errorCodes = {
  // What was asked for
  InvalidRequest: { status: 400, title: 'The request is not in the expected form' },
  InvalidDefinition: { status: 400, title: 'The definition has errors' },
  DefinitionUnreadable: { status: 422, title: 'The definition cannot be read' },
  OperationNotChosen: { status: 422, title: 'An operation has to be chosen' },
  BodyTooLarge: { status: 413, title: 'The request body is too large' },
  UnsupportedMediaType: { status: 415, title: 'The media type is not supported here' },
  PasswordTooShort: { status: 400, title: 'The password is too short' },
  // Who asks
  Unauthenticated: { status: 401, title: 'Sign-in is needed' },
  Forbidden: { status: 403, title: 'The role does not allow this' },
  CsrfTokenInvalid: { status: 403, title: 'The cross-site request token is missing or wrong' },
  OriginRefused: { status: 403, title: 'Requests from this origin are refused' },
  HostRefused: { status: 421, title: 'The server does not answer under this host name' },
  SignatureInvalid: { status: 401, title: 'The signature is missing, wrong or expired' },
  TooManyAttempts: { status: 429, title: 'Too many attempts' },
  // What is not there
  NotFound: { status: 404, title: 'There is nothing at this address' },
  EnvironmentNotFound: { status: 404, title: 'The environment does not exist' },
  ApiNotFound: { status: 404, title: 'The connector does not exist' },
  ConnectionNotFound: { status: 404, title: 'The connection does not exist' },
  FlowNotFound: { status: 404, title: 'The flow does not exist' },
  TriggerNotFound: { status: 404, title: 'The trigger does not exist' },
  WorkflowRunNotFound: { status: 404, title: 'The run does not exist' },
  WorkflowRunActionNotFound: { status: 404, title: 'The action does not exist in this run' },
  AccountNotFound: { status: 404, title: 'The account does not exist' },
  // What stands in the way
  Conflict: { status: 409, title: 'Somebody else changed it in the meantime' },
  AccountExists: { status: 409, title: 'An account with this address exists' },
  MethodNotAllowed: { status: 405, title: 'The trigger does not take this method' },
  FlowNotStarted: { status: 409, title: 'The flow is not started' },
  TriggerNotCallable: { status: 400, title: 'The trigger cannot be called' },
  TriggerInputSchemaMismatch: { status: 400, title: 'The request does not fit the schema of the trigger' },
  // What came of a run
  NoResponse: { status: 502, title: 'The run ended without a response' },
  ResponseInvalid: { status: 502, title: 'The response of the run cannot be sent' },
  GatewayTimeout: { status: 504, title: 'There was no response in time' },
  // What became of a call that leaves
  ParameterMissing: { status: 400, title: 'A parameter is missing' },
  ParameterInvalid: { status: 400, title: 'A parameter is not valid' },
  ParameterUnknown: { status: 400, title: 'A parameter is not one of the operation' },
  PathEscapes: { status: 400, title: 'The path leaves the connector' },
  OperationNotFound: { status: 404, title: 'The operation does not exist' },
  ConnectionIncomplete: { status: 400, title: 'The connection lacks a value' },
  CredentialMissing: { status: 400, title: 'The connection has no credential' },
  SecurityUnsupported: { status: 400, title: 'The kind of security is not supported' },
  HostMissing: { status: 400, title: 'The definition names no host' },
  PolicyFailed: { status: 502, title: 'A policy of the connector cannot act' },
  DynamicRefused: { status: 502, title: 'The API does not say what can be chosen' },
  ResponseNotJson: { status: 502, title: 'The answer of the API is not JSON' },
  UrlInvalid: { status: 400, title: 'The address is not valid' },
  AddressRefused: { status: 403, title: 'The network rules do not allow the address' },
  NameNotFound: { status: 502, title: 'The host name does not resolve' },
  ConnectionRefused: { status: 502, title: 'The API refused the connection' },
  ConnectionReset: { status: 502, title: 'The API broke the connection' },
  TlsFailed: { status: 502, title: 'The TLS connection to the API failed' },
  TimedOut: { status: 504, title: 'The API did not answer in time' },
  Aborted: { status: 499, title: 'The call was given up' },
  ResponseTooLarge: { status: 502, title: 'The answer of the API is too large' },
  HeadersTooLarge: { status: 502, title: 'The header fields of the answer are too large' },
  RedirectRefused: { status: 502, title: 'The API redirected to an address that is refused' },
  TooManyRedirects: { status: 502, title: 'The API redirected too often' },
  ProtocolViolated: { status: 502, title: 'The answer of the API is not valid HTTP' },
  BadGateway: { status: 502, title: 'The API could not be reached' },
  // Ourselves
  NotReady: { status: 503, title: 'The server is not ready' },
  InternalError: { status: 500, title: 'Something went wrong inside the server' },
} as const satisfies { readonly [code: string]: { readonly status: number; readonly title: string } };

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
