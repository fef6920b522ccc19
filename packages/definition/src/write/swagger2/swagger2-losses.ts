import type { Loss } from '../../loss.ts';

/** What other readers of a written Swagger 2.0 document do not see: Patchbay keeps it in `x-patchbay-*` and reads it back. */
export const swagger2Losses = {
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
} as const satisfies Readonly<Record<string, readonly [Loss['kind'], string]>>;
