import { CommandBuilder, type SplitCommands } from './shell-words.ts';

/** A character as the program gets it, with where it stood. */
type Passed = { readonly character: string; readonly offset: number; readonly isEnd: boolean };

/** Whether a text is written for the command prompt of Windows: `^` continues its lines or escapes its quotes. */
export function isWindowsCommand(text: string): boolean {
  return /\^[ \t]*\r?\n|(^|\s)\^"/.test(text) && !/\\\r?\n/.test(text);
}

/** Splits a text for the command prompt of Windows: carets first, as the prompt does, then quotes, as a C program does. */
export function splitWindows(text: string): SplitCommands {
  const builder = new CommandBuilder();
  const passed = passThroughPrompt(text);
  let quote: number | undefined;
  for (let index = 0; index < passed.length; index += 1) {
    const { character, offset, isEnd } = passed[index] ?? { character: '', offset: 0, isEnd: true };
    if (isEnd) {
      builder.endCommand();
      quote = undefined;
    } else if (character === '\\') {
      const count = countBackslashes(passed, index);
      const isBeforeQuote = passed[index + count]?.character === '"';
      builder.add('\\'.repeat(isBeforeQuote ? count >> 1 : count), offset);
      if (isBeforeQuote && count % 2 === 1) builder.add('"', offset);
      index += isBeforeQuote && count % 2 === 1 ? count : count - 1;
    } else if (character === '"') {
      const isDoubled = quote !== undefined && passed[index + 1]?.character === '"';
      builder.add(isDoubled ? '"' : '', offset);
      if (isDoubled) index += 1;
      else quote = quote === undefined ? offset : undefined;
    } else if (quote === undefined && /\s/.test(character)) builder.endWord();
    else builder.add(character, offset);
  }
  builder.endCommand();
  return { commands: builder.commands, ...(quote !== undefined && { openQuote: quote }) };
}

function countBackslashes(passed: readonly Passed[], start: number): number {
  let end = start;
  while (passed[end]?.character === '\\') end += 1;
  return end - start;
}

function passThroughPrompt(text: string): readonly Passed[] {
  const passed: Passed[] = [];
  let isQuoted = false;
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    const pass = (one: string, isEnd = false): number => passed.push({ character: one, offset: index, isEnd });
    if (character === '\r') continue;
    if (character === '^' && !isQuoted) {
      const line = /^\^[ \t]*\r?\n/.exec(text.slice(index, index + 100));
      if (line === null) {
        index += 1;
        pass(text[index] ?? '');
      } else {
        index += line[0].length - 1;
        // The line after a continued one begins with a character that stands for itself: a line break, where it is empty.
        if (text[index + 1] === '\n' || text.startsWith('\r\n', index + 1)) {
          index += text[index + 1] === '\n' ? 1 : 2;
          pass('\n');
        }
      }
    } else if (character === '\n') {
      isQuoted = false;
      pass('', true);
    } else if (!isQuoted && (character === '|' || (character === '&' && /\s|&/.test(text[index + 1] ?? ' ')))) {
      pass('', true);
    } else {
      if (character === '"') isQuoted = !isQuoted;
      pass(character);
    }
  }
  return passed;
}
