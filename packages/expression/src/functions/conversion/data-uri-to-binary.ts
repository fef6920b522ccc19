import { toEnvelope } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';
import { parseDataUri } from './parse-data-uri.ts';

export const dataUriToBinary: EagerFunction = {
  kind: 'eager',
  name: 'dataUriToBinary',
  parameters: ['string'],
  apply: ([text], _, meter) => {
    const { contentType, bytes } = parseDataUri('dataUriToBinary', text as string, meter);
    return toEnvelope(contentType, bytes);
  },
};

export const decodeDataUri: EagerFunction = { ...dataUriToBinary, name: 'decodeDataUri' };
