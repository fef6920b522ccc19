import { type FindValue, replaceVariables } from '../sample/variables.ts';

/** What Postman's dynamic variables give, by what is in their names; anything else is a text. */
const dynamic: readonly (readonly [RegExp, string])[] = [
  [/^\$(guid|randomUUID)$/, '00000000-0000-4000-8000-000000000000'],
  [/^\$(timestamp|randomInt|randomPrice|randomBankAccount|random\w*(Year|Number|Latitude|Longitude))$/, '1'],
  [/^\$isoTimestamp$/, '2000-01-01T00:00:00.000Z'],
  [/^\$randomBoolean$/, 'true'],
  [/^\$randomEmail$/, 'someone@example.com'],
  [/^\$random(Url|\w*ImageUrl)$/, 'https://example.com/'],
  [/^\$random/, 'text'],
];

/**
 * Fills the variables of a JSON text so that it can be parsed: known ones with their value, dynamic ones with one of their kind, and the
 * others with `null`, except in strings, where they are part of a text.
 */
export function fillBodyVariables(text: string, find: FindValue): string {
  const findDynamic: FindValue = (name) => dynamic.find(([pattern]) => pattern.test(name))?.[1];
  const filled = replaceVariables(replaceVariables(text, find), findDynamic);
  if (!filled.includes('{{')) return filled;
  let isInString = false;
  let result = '';
  for (let index = 0; index < filled.length; index += 1) {
    const character = filled[index] ?? '';
    if (character === '\\' && isInString) {
      result += filled.slice(index, index + 2);
      index += 1;
      continue;
    }
    if (character === '"') isInString = !isInString;
    const variable =
      !isInString && character === '{' ? /^\{\{[^{}"]{1,200}\}\}/.exec(filled.slice(index, index + 210)) : null;
    if (variable === null) result += character;
    else {
      result += 'null';
      index += variable[0].length - 1;
    }
  }
  return result;
}
