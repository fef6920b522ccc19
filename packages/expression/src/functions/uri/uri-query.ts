import type { EagerFunction } from '../function-definition.ts';
import { readUri } from './read-uri.ts';

export const uriQuery: EagerFunction = {
  kind: 'eager',
  name: 'uriQuery',
  parameters: ['string'],
  apply: ([text]) => readUri('uriQuery', text).search,
};
