import type { EagerFunction } from '../function-definition.ts';

/** The inverse of `encodeXmlName`. */
export const decodeXmlName: EagerFunction = {
  kind: 'eager',
  name: 'decodeXmlName',
  parameters: ['string'],
  apply: ([text]) =>
    (text as string).replace(/_x([0-9a-f]{4}|[0-9a-f]{8})_/gi, (whole, digits: string) => {
      const code = Number.parseInt(digits, 16);
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    }),
};
