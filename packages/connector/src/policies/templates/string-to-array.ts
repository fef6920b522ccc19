import { parsePolicyPath, parseSubPath } from '@patchbay/definition';
import { changeProperties } from '../change-properties.ts';
import type { PolicyTemplate } from '../policy.ts';

/** Splits a text at any of some characters into an array of objects that hold a piece each. */
export const stringToArray: PolicyTemplate = {
  templateId: 'stringtoarray',
  compile: (values) => {
    const place = {
      parent: parsePolicyPath(values.get('propertyParentPath')),
      from: parseSubPath(values.get('propertySubPath')) ?? [],
      to: parsePolicyPath(values.get('newPropertyPath')),
    };
    const delimiters = new Set(values.text('delimiterList'));
    const name = values.text('childPropertyName');
    return {
      on: 'body',
      apply: (body) =>
        changeProperties(body, place, (value) =>
          typeof value === 'string'
            ? split(value, delimiters).map((piece) => Object.fromEntries([[name, piece]]))
            : undefined,
        ),
    };
  },
};

function split(text: string, delimiters: ReadonlySet<string>): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  for (const character of text) {
    if (delimiters.has(character)) {
      pieces.push(piece);
      piece = '';
    } else piece += character;
  }
  return [...pieces, piece].map((one) => one.trim()).filter((one) => one !== '');
}
