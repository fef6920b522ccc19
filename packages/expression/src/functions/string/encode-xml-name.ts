import { TextBuilder } from '../../text-builder.ts';
import { invalidArgument } from '../check-arguments.ts';
import type { EagerFunction } from '../function-definition.ts';

/** Makes a name of any text. */
export const encodeXmlName: EagerFunction = {
  kind: 'eager',
  name: 'encodeXmlName',
  parameters: ['string'],
  apply: ([text]) => encodeName(text as string, 'encodeXmlName'),
};

/** Far beyond any name that is one. */
const maximumNameLength = 1_000_000;

const start = /[\p{L}_:]/u;
const within = /[\p{L}\p{Mn}\p{Mc}\p{Nd}\p{Lm}_.\-:\u00b7]/u;
const encoded = /^_x(?:[0-9a-f]{4}|[0-9a-f]{8})_/i;

/** Characters that an XML name may not have become `_xHHHH_`, those beyond the first plane `_xHHHHHHHH_`, as .NET's XmlConvert writes. */
export function encodeName(text: string, functionName: string): string {
  if (text.length > maximumNameLength)
    throw invalidArgument(
      functionName,
      `makes names of at most ${maximumNameLength} characters, and was given ${text.length}.`,
    );
  if (/^[A-Za-z][A-Za-z0-9]*$/.test(text)) return text;
  const name = new TextBuilder(() => {});
  let index = 0;
  while (index < text.length) {
    const code = text.codePointAt(index) ?? 0;
    const character = String.fromCodePoint(code);
    const isName = code <= 0xffff && (index === 0 ? start : within).test(character);
    const looksEncoded = character === '_' && encoded.test(text.slice(index, index + 11));
    name.append(isName && !looksEncoded ? character : `_x${hex(code)}_`);
    index += character.length;
  }
  return name.toString();
}

function hex(code: number): string {
  return code
    .toString(16)
    .toUpperCase()
    .padStart(code > 0xffff ? 8 : 4, '0');
}
