import { toEnvelope } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';

/** The bytes of the text as it is, still escaped. */
export const uriComponentToBinary: EagerFunction = {
  kind: 'eager',
  name: 'uriComponentToBinary',
  parameters: ['string'],
  apply: ([text]) => toEnvelope('application/octet-stream', Buffer.from(text as string, 'utf8')),
};
