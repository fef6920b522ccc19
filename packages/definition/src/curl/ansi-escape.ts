const simple: Readonly<Record<string, string>> = {
  a: '\u0007',
  b: '\b',
  e: '\u001b',
  E: '\u001b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** One escape of Bash's `$'…'` (Bash manual §3.1.2.4): the text it stands for and how long it is. */
export function ansiEscape(text: string, index: number): { readonly text: string; readonly length: number } {
  const rest = text.slice(index + 1, index + 12);
  const hexadecimal = /^(?:x([\da-f]{1,2})|u([\da-f]{1,4})|U([\da-f]{1,8}))/i.exec(rest);
  if (hexadecimal !== null) {
    const [whole, ...digits] = hexadecimal;
    return {
      text: fromCode(Number.parseInt(digits.find((one) => one !== undefined) ?? '0', 16)),
      length: whole.length + 1,
    };
  }
  const octal = /^[0-7]{1,3}/.exec(rest);
  if (octal !== null) return { text: fromCode(Number.parseInt(octal[0], 8) & 255), length: octal[0].length + 1 };
  const character = rest[0] ?? '';
  const known = Object.hasOwn(simple, character) ? simple[character] : undefined;
  // What is no escape stays as it is, with its backslash.
  const literal = /['"\\?]/.test(character) ? character : `\\${character}`;
  return { text: known ?? literal, length: 1 + character.length };
}

function fromCode(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd';
}
