import type { EagerFunction } from '../function-definition.ts';
import { readUri } from './read-uri.ts';

export const uriHost: EagerFunction = {
  kind: 'eager',
  name: 'uriHost',
  parameters: ['string'],
  apply: ([text]) => readUri('uriHost', text).hostname,
};
