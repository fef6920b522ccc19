import type { EagerFunction } from '../function-definition.ts';
import { unescapeUri } from './unescape-uri.ts';

export const uriComponentToString: EagerFunction = {
  kind: 'eager',
  name: 'uriComponentToString',
  parameters: ['string'],
  apply: ([text], _, meter) => unescapeUri(text as string, meter),
};

export const decodeUriComponent: EagerFunction = { ...uriComponentToString, name: 'decodeUriComponent' };
