import { costOfMatch } from '../../meter.ts';
import { rewriteText } from '../../rewrite-text.ts';
import type { EagerFunction } from '../function-definition.ts';

const characters: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

export const decodeXmlValue: EagerFunction = {
  kind: 'eager',
  name: 'decodeXmlValue',
  parameters: ['string'],
  apply: ([text], _, meter) =>
    rewriteText(
      text as string,
      /&(amp|lt|gt|quot|apos|#\d{1,7}|#x[0-9a-f]{1,6});/gi,
      ([whole, name = '']) => {
        if (!name.startsWith('#')) return characters[name.toLowerCase()] ?? whole;
        const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
        return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
      },
      () => meter.charge(costOfMatch),
    ),
};
