import { toEnvelope } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';
import { unescapeUriBytes } from './unescape-uri-bytes.ts';

export const uriComponentToBinary: EagerFunction = {
  kind: 'eager',
  name: 'uriComponentToBinary',
  parameters: ['string'],
  apply: ([text], _, meter) => toEnvelope('application/octet-stream', unescapeUriBytes(text as string, meter)),
};
