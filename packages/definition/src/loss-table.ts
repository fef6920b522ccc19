import type { Loss } from './loss.ts';
import { openapi31Losses } from './write/openapi31/openapi31-losses.ts';
import { swagger2Losses } from './write/swagger2/swagger2-losses.ts';

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
    '{operation}: the shape of the body was taken from samples. Neither it nor any of its members is required.',
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
  'xsd-redefine': ['lost', 'A schema redefines what it includes. The definitions were read as they stand in {found}.'],
  'header-name-not-valid': ['lost', '"{name}" is no name of a header, so no server can be sent it. It was left out.'],
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
  'ws-policy': [
    'lost',
    'The description asks for more than SOAP (WS-Policy, WS-Addressing, WS-Security). That is not followed: the service may refuse calls that it wants signed or addressed.',
  ],
  'package-script': ['lost', 'The code in {name} is not carried over. Add it to the connector again.'],
  'package-several-connectors': ['lost', 'There are several connectors. {name} was left out; only {kept} was read.'],
  'custom-api-property': [
    'lost',
    'A customApis resource has no place for {name}. Azure will not see it; Patchbay keeps it in the definition and reads it back.',
  ],
  ...swagger2Losses,
  ...openapi31Losses,
} as const satisfies Readonly<Record<string, readonly [Loss['kind'], string]>>;

export type LossCode = keyof typeof lossTable;
