import type { EagerFunction } from '../function-definition.ts';
import { readUri } from './read-uri.ts';

export const uriPath: EagerFunction = {
  kind: 'eager',
  name: 'uriPath',
  parameters: ['string'],
  apply: ([text]) => readUri('uriPath', text).pathname || '/',
};
