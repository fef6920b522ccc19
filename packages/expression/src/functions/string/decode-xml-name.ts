import { costOfMatch } from '../../meter.ts';
import { rewriteText } from '../../rewrite-text.ts';
import type { EagerFunction } from '../function-definition.ts';

/** The inverse of `encodeXmlName`. */
export const decodeXmlName: EagerFunction = {
  kind: 'eager',
  name: 'decodeXmlName',
  parameters: ['string'],
  apply: ([text], _, meter) =>
    rewriteText(
      text as string,
      /_x([0-9a-f]{4}|[0-9a-f]{8})_/gi,
      ([whole, digits = '']) => {
        const code = Number.parseInt(digits, 16);
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
      () => meter.charge(costOfMatch),
    ),
};
