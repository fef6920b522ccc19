import type { EagerFunction } from '../function-definition.ts';
import { readUri } from './read-uri.ts';

export const uriScheme: EagerFunction = {
  kind: 'eager',
  name: 'uriScheme',
  parameters: ['string'],
  apply: ([text]) => readUri('uriScheme', text).protocol.slice(0, -1),
};
