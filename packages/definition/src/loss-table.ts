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
} as const satisfies Readonly<Record<string, readonly [Loss['kind'], string]>>;

export type LossCode = keyof typeof lossTable;
