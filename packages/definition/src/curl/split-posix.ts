import { ansiEscape } from './ansi-escape.ts';
import { CommandBuilder, type SplitCommands } from './shell-words.ts';

/**
 * Splits a text into commands and words as a POSIX shell does (POSIX.1-2024, Shell Command Language §2.2, §2.3), with Bash's `$'…'`. An
 * address that was pasted without quotes is kept whole: `&` and `;` only separate before a blank.
 */
export function splitPosix(text: string): SplitCommands {
  const reader = new PosixReader(text);
  reader.read();
  const { commands } = reader.builder;
  return { commands, ...(reader.openQuote !== undefined && { openQuote: reader.openQuote }) };
}

class PosixReader {
  readonly builder = new CommandBuilder();
  openQuote: number | undefined;
  readonly #text: string;
  #index = 0;
  /** What ends the input that the next line begins. */
  #hereDelimiter: string | undefined;

  /** What is done with each character that means something. */
  readonly #readers: ReadonlyMap<string, () => void> = new Map([
    [' ', () => this.#endWord()],
    ['\t', () => this.#endWord()],
    ['\r', () => this.#endWord()],
    ['\n', () => this.#endLine()],
    ['\\', () => this.#readEscape()],
    ["'", () => this.#readSingleQuoted()],
    ['"', () => this.#readDoubleQuoted(this.#index, 1)],
    ['$', () => this.#readDollar(false)],
    ['`', () => this.#readBackquote()],
    ['#', () => this.#readComment()],
    ['|', () => this.#endCommand()],
    ['&', () => this.#readSeparator('&')],
    [';', () => this.#readSeparator(';')],
    ['<', () => this.#readRedirection('<')],
    ['>', () => this.#readRedirection('>')],
  ]);

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    while (this.#index < this.#text.length) this.#readOne(this.#text[this.#index] ?? '');
    this.builder.endCommand();
  }

  #readOne(character: string): void {
    const read = this.#readers.get(character);
    if (read === undefined) this.#addOne(character);
    else read();
  }

  #endWord(): void {
    this.#index += 1;
    this.builder.endWord();
  }

  #endLine(): void {
    this.#index += 1;
    if (this.#hereDelimiter !== undefined) this.#readHere(this.#hereDelimiter);
    this.builder.endCommand();
  }

  #endCommand(): void {
    this.#index += 1;
    this.builder.endCommand();
  }

  #readSingleQuoted(): void {
    const start = this.#index;
    this.builder.add(this.#quoted("'", start), start);
  }

  #addOne(character: string): void {
    this.builder.add(character, this.#index);
    this.#index += 1;
  }

  /** Up to the closing quote; what is quoted is taken as it is. */
  #quoted(quote: string, start: number): string {
    const end = this.#text.indexOf(quote, start + 1);
    if (end === -1) this.openQuote ??= start;
    this.#index = end === -1 ? this.#text.length : end + 1;
    return this.#text.slice(start + 1, end === -1 ? undefined : end);
  }

  #readEscape(): void {
    // Blanks that were copied along behind the backslash at the end of a line do not make it a character.
    const continued = /^\\[ \t]*(\r?\n|$)/.exec(this.#text.slice(this.#index, this.#index + 200));
    if (continued !== null) {
      this.#index += continued[0].length;
      return;
    }
    this.builder.add(this.#text[this.#index + 1] ?? '', this.#index);
    this.#index += 2;
  }

  /** `length`: how long the opening quote is. */
  #readDoubleQuoted(start: number, length: number): void {
    this.#index += length;
    this.builder.add('', start);
    while (this.#index < this.#text.length) {
      const character = this.#text[this.#index] ?? '';
      if (character === '"') {
        this.#index += 1;
        return;
      }
      if (character === '$') this.#readDollar(true);
      else if (character === '`') this.#readBackquote();
      else if (character === '\\') this.#readQuotedEscape();
      else {
        const end = this.#text.slice(this.#index).search(/["$`\\]/);
        const run = this.#text.slice(this.#index, end === -1 ? undefined : this.#index + end);
        this.builder.add(run, this.#index);
        this.#index += run.length;
      }
    }
    this.openQuote ??= start;
  }

  #readQuotedEscape(): void {
    const next = this.#text[this.#index + 1] ?? '';
    if (next === '\n') this.#index += 2;
    else if (next !== '' && '$`"\\'.includes(next)) {
      this.builder.add(next, this.#index);
      this.#index += 2;
    } else this.#addOne('\\');
  }

  #readDollar(isQuoted: boolean): void {
    const start = this.#index;
    const next = this.#text[start + 1] ?? '';
    if (next === '(') this.#readSubstitution(start);
    else if (!isQuoted && next === "'") this.#readAnsi(start);
    else if (!isQuoted && next === '"') this.#readDoubleQuoted(start, 2);
    // A prompt that was copied along.
    else if (!isQuoted && this.builder.isAtStart && /[ \t]/.test(next)) this.#index += 1;
    else this.#readVariable(start);
  }

  #readVariable(start: number): void {
    const variable = /^\$(?:(\w+)|\{(\w+)(?::?[-=]([^}]*))?[^}]*\})/.exec(this.#text.slice(start, start + 300));
    const [whole = '$', plain, braced, fallback] = variable ?? [];
    this.builder.add(variable === null ? '$' : (fallback ?? `{{${plain ?? braced ?? ''}}}`), start);
    this.#index += whole.length;
  }

  /** What another command would print is nothing that is known here. */
  #readSubstitution(start: number): void {
    let depth = 0;
    let end = start + 1;
    for (; end < this.#text.length; end += 1) {
      if (this.#text[end] === '(') depth += 1;
      else if (this.#text[end] === ')') {
        depth -= 1;
        if (depth === 0) break;
      }
    }
    this.builder.add('{{command}}', start);
    this.#index = end + 1;
  }

  #readBackquote(): void {
    const start = this.#index;
    // PowerShell continues a line with it.
    const continued = /^`[ \t]*\r?\n/.exec(this.#text.slice(start, start + 200));
    if (continued !== null) {
      this.#index += continued[0].length;
      return;
    }
    this.#quoted('`', start);
    this.builder.add('{{command}}', start);
  }

  #readAnsi(start: number): void {
    this.builder.add('', start);
    this.#index += 2;
    while (this.#index < this.#text.length) {
      const character = this.#text[this.#index] ?? '';
      if (character === "'") {
        this.#index += 1;
        return;
      }
      const { text, length } =
        character === '\\' ? ansiEscape(this.#text, this.#index) : { text: character, length: 1 };
      this.builder.add(text, this.#index);
      this.#index += length;
    }
    this.openQuote ??= start;
  }

  #readComment(): void {
    if (this.builder.isInWord) {
      this.#addOne('#');
      return;
    }
    const end = this.#text.indexOf('\n', this.#index);
    const line = this.#text.slice(this.#index, end === -1 ? undefined : end);
    this.builder.note(line.replace(/^#+!?/, '').trim());
    this.#index += line.length;
  }

  #readSeparator(character: string): void {
    const next = this.#text[this.#index + 1] ?? '';
    if (next !== '' && !/\s/.test(next) && next !== character && this.builder.isInWord) {
      this.#addOne(character);
      return;
    }
    this.#index += next === character ? 2 : 1;
    this.builder.endCommand();
  }

  #readRedirection(character: string): void {
    const rest = this.#text.slice(this.#index, this.#index + 200);
    // `<id>` in an address is a place to fill in, not a file.
    const isPlace = character === '<' ? this.builder.isInWord : this.builder.isInPlace;
    if (isPlace) {
      this.#addOne(character);
      return;
    }
    const here = /^<<-?\s*(['"]?)([\w-]+)\1/.exec(rest);
    if (here !== null) {
      this.builder.endWord();
      this.#hereDelimiter = here[2];
      this.#index += here[0].length;
      return;
    }
    this.#index += /^(<<<|>>|<>|>&|>\||[<>])/.exec(rest)?.[0].length ?? 1;
    this.builder.redirect();
  }

  #readHere(delimiter: string): void {
    this.#hereDelimiter = undefined;
    const lines: string[] = [];
    while (this.#index < this.#text.length) {
      const end = this.#text.indexOf('\n', this.#index);
      const line = this.#text.slice(this.#index, end === -1 ? undefined : end);
      this.#index = end === -1 ? this.#text.length : end + 1;
      if (line.trim() === delimiter) break;
      lines.push(line);
    }
    this.builder.setInput(lines.join('\n'));
  }
}
