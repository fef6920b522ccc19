import type { Loss } from '../../loss.ts';

/** What a written OpenAPI 3.1 document does not say of a connector. */
export const openapi31Losses = {
  'openapi-flow': ['lost', 'OpenAPI 3.1 does not have the OAuth flow {flow}. It was left out.'],
  'openapi-operation': [
    'lost',
    'OpenAPI 3.1 has one operation for a path and method, of eight methods. {operation} ({method} {path}) was left out.',
  ],
  'openapi-properties': ['lost', 'OpenAPI has no place for {what} of the connector. They stand in apiProperties.json.'],
  'openapi-query-string': [
    'lost',
    'OpenAPI 3.1 cannot say that {name} is the whole query string. Other readers will send it under its name.',
  ],
  'openapi-soap': ['lost', '{operation} is a SOAP call, which OpenAPI has no words for.'],
  'openapi-style': [
    'lost',
    'OpenAPI 3.1 cannot say that {name} is written as {style} here. Other readers will join its items with commas.',
  ],
  'openapi-subscription': [
    'lost',
    'How the webhook {name} is told where to call is not said among webhooks. It was left out.',
  ],
  'openapi-tag': [
    'lost',
    'OpenAPI 3.1 has tags with a name and a description only. More of the tag {name} was left out.',
  ],
} as const satisfies Readonly<Record<string, readonly [Loss['kind'], string]>>;
