import { decodeText } from '../../content.ts';
import type { EagerFunction } from '../function-definition.ts';
import { parseDataUri } from './parse-data-uri.ts';

export const dataUriToString: EagerFunction = {
  kind: 'eager',
  name: 'dataUriToString',
  parameters: ['string'],
  apply: ([text], _, meter) => {
    const { contentType, bytes } = parseDataUri('dataUriToString', text as string, meter);
    return decodeText(contentType, bytes);
  },
};
