import type { Loss } from './loss.ts';

/** Every loss that reading or writing can report. `{…}` is filled in. */
export const lossTable = {
  'connection-parameters-inferred': [
    'inferred',
    'How to connect was taken from the security scheme {name}: the description does not say what a person enters.',
  ],
  'links-not-carried': [
    'lost',
    '{operation}: the links of its {status} response are left out. Nothing here follows links; give their values as parameters.',
  ],
  'media-type-not-carried': [
    'lost',
    '{operation}: its {part} is read as {kept}. {other}, which has another shape, is left out.',
  ],
  'examples-not-carried': ['lost', '{subject} has several examples. The first one is kept.'],
  'form-fields-not-carried': [
    'lost',
    '{operation}: the form may have more fields than are named. Only the named ones can be given.',
  ],
  'item-schema-not-carried': [
    'lost',
    '{mediaType} is a stream whose items have a shape. It is read as any value; a call takes or gives it whole.',
  ],
  'part-encoding-not-carried': [
    'lost',
    '{operation}: {member} says how parts without a name are written. It is left out.',
  ],
  'part-header-not-carried': [
    'lost',
    '{operation}: the part {part} has the header {header}, whose value is nowhere said. It is not sent.',
  ],
  'schema-keyword-not-carried': ['lost', 'The keyword {keyword} of a schema refers to other schemas. It is left out.'],
  'callback-address-composed': [
    'lost',
    '{operation}: it is called back at {expression}, which is made of more than an address that is given. The webhook {name} is kept without a way to subscribe.',
  ],
  'server-inferred': ['inferred', 'The address {url} is relative. It was taken to mean {read}.'],
  'parameters-inferred': [
    'inferred',
    '{operation}: the parameters {names} and their types were taken from samples. None is required but those of the path, unless the source says so.',
  ],
  'body-inferred': [
    'inferred',
    '{operation}: the shape of the body was taken from samples. None of its members is required.',
  ],
  'responses-inferred': ['inferred', '{operation}: the shape of what it answers was taken from samples.'],
  'responses-unknown': ['inferred', '{operation}: no sample shows what it answers. Its response was left open.'],
  'requests-merged': [
    'inferred',
    '{operation} was made of {count} requests with the same method and path, which are samples of one operation.',
  ],
  'address-shared': [
    'inferred',
    '{operation} has the same method and path as {other} and another kind of body, so it is an operation of its own. Swagger has one operation for each method and path.',
  ],
  'security-inferred': ['inferred', '{operation}: how it is authenticated was taken from a sample.'],
  'secret-not-kept': [
    'lost',
    'The value of {name} is a secret and was not kept. It is entered when a connection is made.',
  ],
  'host-from-connection': [
    'inferred',
    'The address depends on {name}, which has no value. It is entered as {parameter} when a connection is made.',
  ],
  'variable-as-parameter': ['inferred', 'The variable {name} in the path became a parameter.'],
  'scripts-not-carried': [
    'lost',
    '{name} has scripts ({kinds}), which were not carried over. They ran in Postman only.',
  ],
  'cookies-not-carried': ['lost', 'Cookies are a session’s and were not carried over.'],
  'header-not-carried': [
    'lost',
    'The header {name} is written by the transport or the browser and was not carried over.',
  ],
  // Writing Swagger 2.0. Patchbay keeps these in x-patchbay-* members and reads them back.
  'soap-binding': [
    'lost',
    '{operation} is a SOAP call. Other readers see JSON sent to a path that the service does not have; Patchbay makes the envelope.',
  ],
  'cookie-parameter': [
    'lost',
    'The parameter {name} is a cookie, which Swagger 2.0 does not have. Other readers will not send it.',
  ],
  'operation-method': [
    'lost',
    'Swagger 2.0 does not have the method {method}. Other readers will not see the operation {operation}.',
  ],
  'operation-path-taken': [
    'lost',
    'Swagger 2.0 has one operation for a path and method, and {method} {path} is taken. Other readers will not see {operation}.',
  ],
  'operation-server': [
    'lost',
    'The operation {operation} has an address of its own, {url}. Other readers will call it at the connector’s.',
  ],
  'other-servers': ['lost', 'Swagger 2.0 names one address. Other readers will not see the others.'],
  'parameter-deprecated': ['lost', 'Other readers will not see that the parameter {name} is deprecated.'],
  'parameter-part': [
    'lost',
    'The part {name} of the form has a media type or headers of its own. Other readers will send it without them.',
  ],
  'parameter-shape': [
    'lost',
    'Swagger 2.0 allows only plain values and lists of them here. Other readers will take {name} for text.',
  ],
  'parameter-style': [
    'lost',
    'Swagger 2.0 cannot say that {name} is written in the style {style}. Other readers may write it in another way.',
  ],
  'parameter-type-assumed': [
    'inferred',
    'The type of {name} is not stated, and Swagger 2.0 wants one. Other readers will take it for text.',
  ],
  'response-range': [
    'lost',
    'Swagger 2.0 does not have the class of responses {status}. Other readers see its first, {first}, for {operation}.',
  ],
  'schema-choice': [
    'lost',
    'Swagger 2.0 does not have {keyword}. Other readers will not see which shapes the value may have.',
  ],
  'schema-deprecated': ['lost', 'Swagger 2.0 cannot say that a value is deprecated. Other readers will not see it.'],
  'schema-discriminator-mapping': [
    'lost',
    'Swagger 2.0 tells shapes apart by their names only. Other readers will not see which value means which shape.',
  ],
  'schema-keyword': ['lost', 'Swagger 2.0 does not have the keyword {keyword}. Other readers will not see it.'],
  'schema-null': ['lost', 'Swagger 2.0 does not have the type null. Other readers will take the value for any value.'],
  'schema-nullable': [
    'lost',
    'Swagger 2.0 cannot say that a value may be null. It is marked x-nullable, which not every reader knows.',
  ],
  'schema-write-only': ['lost', 'Swagger 2.0 cannot say that a value is only sent. Other readers will not see it.'],
  'security-as-header': [
    'lost',
    'Swagger 2.0 does not have {kind}. Other readers see {name} as a key in the Authorization header, to be entered whole.',
  ],
  'security-flows': [
    'lost',
    'Swagger 2.0 has one OAuth flow for a scheme. Other readers will not see the others of {name}.',
  ],
  'security-left-out': [
    'lost',
    'Swagger 2.0 has nothing like {kind}. Other readers will not see the security scheme {name}.',
  ],
  'security-requirement': [
    'lost',
    'A security scheme that is required here cannot be said in Swagger 2.0. Other readers will see the rest of the requirement.',
  ],
  webhook: ['lost', 'Swagger 2.0 does not have webhooks. Other readers will not see {name}.'],
  'ws-policy': [
    'lost',
    'The description states WS-Policy requirements (security, addressing, reliability). They are not followed: the service may refuse calls that it would want signed or addressed.',
  ],
  'xsd-redefine': ['lost', 'A schema redefines what it includes. The definitions were read as they stand in {found}.'],
  'curl-option-not-carried': [
    'lost',
    '{option} says how cURL sends a request, not what the API is. It was not carried over.',
  ],
  'entries-not-calls': [
    'lost',
    '{count} of {total} entries are pages, scripts, images and the like, not calls of an API. They were left out.',
  ],
  'path-parameter-inferred': [
    'inferred',
    '{path}: the segment after {before} differs from request to request, so it became the parameter {name}.',
  ],
} as const satisfies Readonly<Record<string, readonly [Loss['kind'], string]>>;

export type LossCode = keyof typeof lossTable;
