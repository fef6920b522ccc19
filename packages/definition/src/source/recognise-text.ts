/** What a text is by its looks, and for what is no document of data, words for a person. */
export type TextKind =
  | { readonly kind: 'empty' | 'json' | 'yaml' | 'xml' | 'command' }
  | { readonly kind: 'other'; readonly title: string };

/** Tells by its beginning in what a text is written; what looks like nothing in particular is taken for JSON. */
export function recogniseText(text: string): TextKind {
  const start = text.slice(0, 4096).trimStart();
  if (start === '' && text.trim() === '') return { kind: 'empty' };
  if (/^<(!doctype html|html)/i.test(start)) return { kind: 'other', title: 'a web page, perhaps of a sign-in' };
  if (start.startsWith('<')) return { kind: 'xml' };
  if (start.startsWith('PK\u0003\u0004')) return { kind: 'other', title: 'a zip archive' };
  // Neither control characters nor replacement characters begin a text.
  if (/^[^\s{["\w/-]/.test(start) && [...start.slice(0, 64)].some((character) => character < '\t')) {
    return { kind: 'other', title: 'a binary file' };
  }
  if (isCurl(start)) return { kind: 'command' };
  if (/^(\$\s*)?(http|wget)\s/i.test(start)) return { kind: 'other', title: 'a command' };
  return { kind: isYaml(start) ? 'yaml' : 'json' };
}

/** A name, a colon and a blank at the start of the first line that is no comment, directive or document mark. */
function isYaml(start: string): boolean {
  const line = start.split('\n').find((one) => !/^\s*(#|%|---|$)/.test(one)) ?? '';
  return start.startsWith('---') || start.startsWith('%YAML') || /^["']?[\w$./@-]+["']?\s*:(\s|$)/.test(line.trim());
}

/** A call of cURL after nothing but comments, a prompt and what sets variables. */
function isCurl(start: string): boolean {
  const line = start.split('\n').find((one) => !/^\s*(#|$|(export\s+|set\s+)?[A-Za-z_]\w*=\S*\s*$)/.test(one)) ?? '';
  return /^\s*([$>%]\s+)?([\w./\\:-]*[/\\])?curl(\.exe)?(?=\s|$)/i.test(line);
}
