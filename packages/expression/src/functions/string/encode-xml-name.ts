import type { EagerFunction } from '../function-definition.ts';

/** Makes a name of any text: characters that a name may not have become `_xHHHH_`, as .NET's XmlConvert writes them. */
export const encodeXmlName: EagerFunction = {
  kind: 'eager',
  name: 'encodeXmlName',
  parameters: ['string'],
  apply: ([given]) => {
    const text = given as string;
    let name = '';
    for (let index = 0; index < text.length; index += 1) {
      const character = text[index] ?? '';
      const isName = /[\p{L}_]/u.test(character) || (index > 0 && /[\p{L}\p{N}_.\-:]/u.test(character));
      const looksEncoded = character === '_' && /^_x[0-9a-f]{4}_/i.test(text.slice(index, index + 7));
      name +=
        isName && !looksEncoded
          ? character
          : `_x${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}_`;
    }
    return name;
  },
};
