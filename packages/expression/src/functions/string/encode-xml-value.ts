import { mapSlices } from '../../map-slices.ts';
import { escapeXmlText } from '../../xml/escape-xml.ts';
import type { EagerFunction } from '../function-definition.ts';
import { checkTextLength } from '../limits.ts';

export const encodeXmlValue: EagerFunction = {
  kind: 'eager',
  name: 'encodeXmlValue',
  parameters: ['string'],
  apply: ([text]) => {
    const encoded = mapSlices(text as string, (slice) => escapeXmlText(slice).replace(/'/g, '&apos;'));
    checkTextLength('encodeXmlValue', encoded.length);
    return encoded;
  },
};
