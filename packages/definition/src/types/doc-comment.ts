/** A JSDoc comment of some paragraphs, the empty ones left out; nothing when none is left. Ends with a line feed. */
export function docComment(paragraphs: readonly (string | undefined)[], indent: string): string {
  const distinct = new Set(paragraphs.map((text) => clean(text ?? '')).filter((text) => text !== ''));
  const lines = [...distinct].join('\n\n').split('\n');
  const [first = ''] = lines;
  if (distinct.size === 0) return '';
  if (lines.length === 1) return `${indent}/** ${first} */\n`;
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`;
}

/** A text without what would end the comment, and without control characters. */
function clean(text: string): string {
  return text
    .replaceAll('*/', '*\\/')
    .replaceAll(/\r\n?|[\u2028\u2029]/g, '\n')
    .replaceAll(/(?!\n)\p{Cc}/gu, ' ')
    .trim();
}
