import type { EagerFunction } from '../function-definition.ts';

export const decodeXmlName: EagerFunction = {
  kind: 'eager',
  name: 'decodeXmlName',
  parameters: ['string'],
  apply: ([text]) =>
    (text as string).replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
};
