import { randomBytes } from 'node:crypto';

const longestEscapedTitle = 48;

/** A new connector's name in the ecosystem's form: `shared_`, the display name with `-hh` for what is not a letter or digit, `-5f`, hex. */
export function createConnectorName(displayName: string): string {
  const escaped = [...displayName.trim().toLowerCase()].map(escapeCharacter);
  let title = '';
  for (const part of escaped) {
    if (title.length + part.length > longestEscapedTitle) break;
    title += part;
  }
  return `shared_${title === '' ? 'connector' : title}-5f${randomBytes(8).toString('hex')}`;
}

function escapeCharacter(character: string): string {
  if (/^[a-z0-9]$/.test(character)) return character;
  return [...Buffer.from(character, 'utf8')].map((byte) => `-${byte.toString(16).padStart(2, '0')}`).join('');
}
