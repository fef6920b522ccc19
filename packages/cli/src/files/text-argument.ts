import type { Terminal } from '../terminal.ts';
import { readNamedFile } from './read-named-file.ts';

/** Reads an argument that is a text: itself, `@file`, or `@-` for standard input. A line end at the end of those is not part of it. */
export async function readTextArgument(terminal: Terminal, argument: string): Promise<string> {
  if (!argument.startsWith('@')) return argument;
  const file = argument.slice(1);
  const content = file === '-' ? await terminal.readStdin() : await readNamedFile(terminal, file);
  const text = typeof content === 'string' ? content : new TextDecoder().decode(content);
  return text.replace(/\r?\n$/, '');
}
