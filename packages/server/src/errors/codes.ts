type CodeDescription = { readonly status: number; readonly title: string; readonly remedy: string };

/**
 * Every code that an error of the HTTP surfaces can carry: its status, its title and what a person can do. Codes are in the form of the compatible
 * surface; a code of a room below (`address-refused`) is given in the same form (`AddressRefused`).
 */
export const errorCodes = {
  // What was asked for
  InvalidRequest: {
    status: 400,
    title: 'The request is not in the expected form',
    remedy: 'Read the message: it names the member and what is expected of it.',
  },
  InvalidDefinition: {
    status: 400,
    title: 'The definition has errors',
    remedy: 'Mend what the findings name; each has the place in the document. Nothing was changed.',
  },
  DefinitionUnreadable: {
    status: 422,
    title: 'The definition cannot be read',
    remedy: 'Send a description of an API, whole; the findings say where reading ended. Nothing was changed.',
  },
  OperationNotChosen: {
    status: 422,
    title: 'An operation has to be chosen',
    remedy: 'Name an operation and give its parameters.',
  },
  BodyTooLarge: {
    status: 413,
    title: 'The request body is too large',
    remedy: 'Send less, or let the administrator raise `PATCHBAY_MAX_BODY_BYTES`.',
  },
  UnsupportedMediaType: {
    status: 415,
    title: 'The media type is not supported here',
    remedy: 'Send `application/json`; the pages of sign-in take forms.',
  },
  PasswordTooShort: {
    status: 400,
    title: 'The password is too short',
    remedy: 'Choose one of at least 12 characters.',
  },
  // Who asks
  Unauthenticated: {
    status: 401,
    title: 'Sign-in is needed',
    remedy: 'Sign in in the portal, run `patchbay login`, or send a fresh access token.',
  },
  Forbidden: {
    status: 403,
    title: 'The role does not allow this',
    remedy: 'Ask an administrator for a role that has the permission the message names.',
  },
  CsrfTokenInvalid: {
    status: 403,
    title: 'The cross-site request token is missing or wrong',
    remedy: 'Send the `csrfToken` of `GET /api/session` as `x-csrf-token`, or use an access token.',
  },
  OriginRefused: {
    status: 403,
    title: 'Requests from this origin are refused',
    remedy: 'Use an access token from other origins; the session’s cookie is for the portal.',
  },
  HostRefused: {
    status: 421,
    title: 'The server does not answer under this host name',
    remedy: 'Call the server by the name it is known by, or set `PATCHBAY_PUBLIC_URL` to the name in use.',
  },
  SignatureInvalid: {
    status: 401,
    title: 'The signature is missing, wrong or expired',
    remedy: 'Take the address anew: a callback URL from the flow, a content link from the run.',
  },
  NotificationRefused: {
    status: 401,
    title: 'The notification is not signed as it should be',
    remedy: 'Check the secret at the service and in the connection, and the clocks of both.',
  },
  TooManyRuns: {
    status: 429,
    title: 'As many runs of the flow as may be are running and waiting',
    remedy: 'Call again later, or let the trigger have more runs at a time (`runtimeConfiguration.concurrency`).',
  },
  TooManyAttempts: { status: 429, title: 'Too many attempts', remedy: 'Wait a minute.' },
  // Signing in to APIs
  SignInNeeded: {
    status: 409,
    title: 'Somebody has to sign in for the connection',
    remedy: 'Open the connection in the portal and sign in, or ask for a consent link.',
  },
  SignInNotNeeded: {
    status: 400,
    title: 'The connection needs nobody to sign in',
    remedy: 'Give the connection its values; it gets its credential from them.',
  },
  LinkRefused: {
    status: 403,
    title: 'The account was not linked',
    remedy:
      'Begin again on the page of the connection, in one browser, and end it there. A link that somebody sent is not to be followed.',
  },
  RedirectUrlShared: {
    status: 403,
    title: 'The connector shares its redirect URL with others',
    remedy:
      'Give the connector a redirect URL of its own on its Security tab, and register it with the identity provider.',
  },
  OauthSettingsInvalid: {
    status: 400,
    title: 'The OAuth settings of the connector do not work',
    remedy: 'Compare client, secret, addresses and scopes with what the identity provider has registered.',
  },
  TokenUnavailable: {
    status: 502,
    title: 'The identity provider gives no token now',
    remedy: 'Try again in a moment; the message says what the provider said.',
  },
  AuthorizationPending: {
    status: 409,
    title: 'The code has not been confirmed yet',
    remedy: 'Confirm the code on the page that was shown, and ask again.',
  },
  CredentialInvalid: {
    status: 400,
    title: 'The credential of the connection cannot be used',
    remedy: 'Enter the credential again; the message says what is wrong with it.',
  },
  ArtifactNotFound: {
    status: 404,
    title: 'The environment does not have the artifact',
    remedy: 'Keep the schema, map or partner in the environment, or correct its kind and name.',
  },
  VariableNotFound: {
    status: 404,
    title: 'The environment does not have the variable',
    remedy: 'Add the variable to the environment, or correct its name in the definition.',
  },
  // What is not there
  NotFound: { status: 404, title: 'There is nothing at this address', remedy: 'Check the address.' },
  EnvironmentNotFound: {
    status: 404,
    title: 'The environment does not exist',
    remedy: 'List the environments; `~default` means the default one.',
  },
  ApiNotFound: {
    status: 404,
    title: 'The connector does not exist',
    remedy: 'List the connectors of the environment.',
  },
  ConnectionNotFound: {
    status: 404,
    title: 'The connection does not exist',
    remedy: 'List the connections: one belongs to one connector, and a flow uses those of its own environment.',
  },
  FlowNotFound: { status: 404, title: 'The flow does not exist', remedy: 'List the flows of the environment.' },
  TriggerNotFound: { status: 404, title: 'The trigger does not exist', remedy: 'Use one of the names in the message.' },
  TriggerHistoryNotFound: {
    status: 404,
    title: 'The trigger has no such history',
    remedy: 'List the histories of the trigger; those that started a run have its name.',
  },
  WatchNotFound: {
    status: 404,
    title: 'The trigger keeps nothing',
    remedy: 'Start the flow: its triggers begin to watch their APIs then.',
  },
  WorkflowRunNotFound: { status: 404, title: 'The run does not exist', remedy: 'List the runs of the flow.' },
  WorkflowRunActionNotFound: {
    status: 404,
    title: 'The action does not exist in this run',
    remedy: 'List the actions of the run.',
  },
  WorkflowRunNotEnded: {
    status: 409,
    title: 'The run has not ended',
    remedy: 'Wait for its end or cancel it, then repeat it.',
  },
  WorkflowRunActionChanged: {
    status: 409,
    title: 'An action whose result would be kept is another one now',
    remedy: 'Resubmit the run as a whole, or name the action to do it again.',
  },
  AccountNotFound: { status: 404, title: 'The account does not exist', remedy: 'List the accounts.' },
  SubscriptionEnded: {
    status: 410,
    title: 'Nobody listens at this address any more',
    remedy: 'Send nothing there: the flow was stopped, changed or deleted, or its addresses were renewed.',
  },
  CallbackEnded: {
    status: 410,
    title: 'The action does not wait any more',
    remedy: 'Send nothing there: the action has timed out, or its run has ended.',
  },
  // What stands in the way
  CallbackRepeated: {
    status: 409,
    title: 'The action was called back before',
    remedy: 'Send nothing more: the first callback counts, and this one changes nothing.',
  },
  Conflict: {
    status: 409,
    title: 'Somebody else changed it in the meantime',
    remedy: 'Read it again and repeat the change.',
  },
  AccountExists: {
    status: 409,
    title: 'An account with this address exists',
    remedy: 'Make a sign-in link for the account that exists.',
  },
  MethodNotAllowed: {
    status: 405,
    title: 'The trigger does not take this method',
    remedy: 'Use the method in the message.',
  },
  FlowNotStarted: { status: 409, title: 'The flow is not started', remedy: 'Start the flow.' },
  TriggerNotCallable: {
    status: 400,
    title: 'The trigger cannot be called',
    remedy: 'Call a flow that has a Request trigger.',
  },
  TriggerInputSchemaMismatch: {
    status: 400,
    title: 'The request does not fit the schema of the trigger',
    remedy: 'Send what the trigger’s schema asks for.',
  },
  // What came of a run
  NoResponse: {
    status: 502,
    title: 'The run ended without a response',
    remedy: 'Look at the run: it ended, or failed, before a Response action.',
  },
  ResponseInvalid: {
    status: 502,
    title: 'The response of the run cannot be sent',
    remedy: 'Mend the header field that the message names in the flow’s Response action.',
  },
  GatewayTimeout: {
    status: 504,
    title: 'There was no response in time',
    remedy: 'Look at the run, which goes on; answer earlier in the flow, or do not wait.',
  },
  // What became of a call that leaves
  ParameterMissing: {
    status: 400,
    title: 'A parameter is missing',
    remedy: 'Give the parameter that the message names.',
  },
  ParameterInvalid: {
    status: 400,
    title: 'A parameter is not valid',
    remedy: 'Give the parameter in the form that the message names.',
  },
  ParameterUnknown: {
    status: 400,
    title: 'A parameter is not one of the operation',
    remedy: 'Use one of the names of the operation.',
  },
  ReplayInvalid: {
    status: 400,
    title: 'The call cannot be replayed like this',
    remedy: 'Use the id of a step of its trace, and a value in the form of what the step made; the message says more.',
  },
  PageRefused: {
    status: 502,
    title: 'The link to the next page leads elsewhere',
    remedy: 'Ask whoever runs the API for links to its own address, or take the first page only.',
  },
  PathEscapes: {
    status: 400,
    title: 'The path leaves the connector',
    remedy: 'Leave `.` and `..` out of the path, however encoded.',
  },
  OperationNotFound: {
    status: 404,
    title: 'The operation does not exist',
    remedy: 'List the operations of the connector.',
  },
  ConnectionIncomplete: {
    status: 400,
    title: 'The connection lacks a value',
    remedy: 'Open the connection and enter its values again.',
  },
  CredentialMissing: {
    status: 400,
    title: 'The connection has no credential',
    remedy: 'Open the connection and enter the value that the message names.',
  },
  SecurityUnsupported: {
    status: 400,
    title: 'The kind of security is not supported',
    remedy: 'Secure the API with an API key, a bearer token, basic authentication or nothing.',
  },
  HostMissing: {
    status: 400,
    title: 'The definition names no host',
    remedy: 'Put the host into the definition, or an address into `backendService.serviceUrl`.',
  },
  PolicyFailed: {
    status: 502,
    title: 'A policy of the connector cannot act',
    remedy: 'Mend the policy that the message names in the connector’s properties.',
  },
  LocationRefused: {
    status: 502,
    title: 'The API names an address that is not its own',
    remedy: 'Look at the Location that the API answers: it should be below the host and base path of the connector.',
  },
  TransferFailed: {
    status: 502,
    title: 'A body did not come across in chunks',
    remedy: 'Call again; when it fails again, take the chunks away, or show the message to whoever runs the API.',
  },
  AnswerPending: {
    status: 504,
    title: 'The API has not answered yet what it took on',
    remedy: 'Give the call more time, ask at the address that the message names, or take the 202 for the answer.',
  },
  SignatureRuleInvalid: {
    status: 502,
    title: 'The connector does not say how notifications are signed',
    remedy: 'Mend `x-patchbay-webhook-signature` on the trigger’s operation.',
  },
  DynamicRefused: {
    status: 502,
    title: 'The API does not say what can be chosen',
    remedy: 'Type the value by hand, and look at the operation that lists the choices.',
  },
  ResponseNotJson: {
    status: 502,
    title: 'The answer of the API is not JSON',
    remedy: 'Check host and path of the API; what came is quoted in the message.',
  },
  ResponseNotSoap: {
    status: 502,
    title: 'The answer of the service is not SOAP',
    remedy: 'Check the address of the service; what came is quoted in the message.',
  },
  UrlInvalid: {
    status: 400,
    title: 'The address is not valid',
    remedy: 'Give an absolute `http` or `https` address without user and password.',
  },
  HeaderInvalid: {
    status: 400,
    title: 'A header of the request cannot be sent',
    remedy:
      'Take line breaks and characters beyond Latin-1 out of the value, and anything but letters, digits and `-` out of the name.',
  },
  AddressRefused: {
    status: 403,
    title: 'The network rules do not allow the address',
    remedy: 'If the address is meant to be reached, an administrator adds it to the environment’s network rules.',
  },
  NameNotFound: {
    status: 502,
    title: 'The host name does not resolve',
    remedy: 'Check the host name, and the name service of this machine.',
  },
  ConnectionRefused: {
    status: 502,
    title: 'The API refused the connection',
    remedy: 'Check host and port, and that the API runs.',
  },
  ConnectionReset: {
    status: 502,
    title: 'The API broke the connection',
    remedy: 'Try again; if it stays, look at the API’s own log.',
  },
  TlsFailed: {
    status: 502,
    title: 'The TLS connection to the API failed',
    remedy: 'Look at the certificate that the message names.',
  },
  RateLimited: {
    status: 429,
    title: 'The connection is at its limit',
    remedy: 'Call less often, or let the administrator raise the limits of the environment.',
  },
  TimedOut: {
    status: 504,
    title: 'The API did not answer in time',
    remedy: 'Try again, give the action another limit, or let the administrator raise `PATCHBAY_CALL_TIMEOUT_MS`.',
  },
  Aborted: { status: 499, title: 'The call was given up', remedy: 'Nothing: whoever called went away.' },
  ResponseTooLarge: {
    status: 502,
    title: 'The answer of the API is too large',
    remedy: 'Ask the API for less, a page at a time.',
  },
  HeadersTooLarge: {
    status: 502,
    title: 'The header fields of the answer are too large',
    remedy: 'Ask whoever runs the API to send fewer or shorter header fields.',
  },
  RedirectRefused: {
    status: 502,
    title: 'The API redirected to an address that is refused',
    remedy: 'Call the address that the API redirects to, if it is meant.',
  },
  TooManyRedirects: {
    status: 502,
    title: 'The API redirected too often',
    remedy: 'Call the address where the redirects should end.',
  },
  ProtocolViolated: {
    status: 502,
    title: 'The answer of the API is not valid HTTP',
    remedy: 'Check that host and port are those of an HTTP server.',
  },
  BadGateway: {
    status: 502,
    title: 'The API could not be reached',
    remedy: 'Read the message, and look at whether the API runs.',
  },
  // Ourselves
  NotReady: {
    status: 503,
    title: 'The server is not ready',
    remedy: 'Try again in a moment; `GET /readyz` says when.',
  },
  StoreFull: {
    status: 507,
    title: 'The disk of the server is full',
    remedy:
      'Make room on the disk that the log names: what was accepted goes on by itself, and new requests are taken again.',
  },
  StoreUnwritable: {
    status: 503,
    title: 'The database cannot be written',
    remedy:
      'Look at the disk that the log names, and whether it is mounted read-only: what was accepted goes on by itself.',
  },
  InternalError: {
    status: 500,
    title: 'Something went wrong inside the server',
    remedy: 'Look at the server’s log at the time of the request, and report it.',
  },
} as const satisfies { readonly [code: string]: CodeDescription };

export type ErrorCode = keyof typeof errorCodes;

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCodes, code);
}
