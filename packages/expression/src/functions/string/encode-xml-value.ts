import type { EagerFunction } from '../function-definition.ts';

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

export const encodeXmlValue: EagerFunction = {
  kind: 'eager',
  name: 'encodeXmlValue',
  parameters: ['string'],
  apply: ([text]) => (text as string).replace(/[&<>"']/g, (character) => entities[character] ?? character),
};
