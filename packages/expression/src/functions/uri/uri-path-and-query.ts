import type { EagerFunction } from '../function-definition.ts';
import { readUri } from './read-uri.ts';

export const uriPathAndQuery: EagerFunction = {
  kind: 'eager',
  name: 'uriPathAndQuery',
  parameters: ['string'],
  apply: ([text]) => {
    const url = readUri('uriPathAndQuery', text);
    return (url.pathname || '/') + url.search;
  },
};
