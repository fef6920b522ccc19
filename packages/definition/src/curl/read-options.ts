import type { Reading } from '../source/reading.ts';
import type { CurlOption, FindOption, OptionRole } from './curl-options.ts';
import type { ShellWord } from './shell-words.ts';

/** An option as it was given, or a word that is none, which is an address. */
export type GivenOption = {
  readonly role: OptionRole;
  readonly long: string;
  readonly value: string;
  readonly pointer: string;
};

/** Reads the words after `curl`: every option that takes an argument takes the next word, whatever that looks like. */
export function readOptions(
  reading: Reading,
  words: readonly ShellWord[],
  pointer: string,
  find: FindOption,
): readonly GivenOption[] {
  const given: GivenOption[] = [];
  for (let index = 0; index < words.length; index += 1) {
    const word = words[index]?.text ?? '';
    const at = `${pointer}/${index + 1}`;
    const take = (option: CurlOption, attached: string | undefined): void => {
      let value = attached ?? '';
      if (option.hasArgument && attached === undefined) {
        index += 1;
        if (index >= words.length) reading.report('curl-argument-missing', at, { option: `--${option.long}` });
        value = words[index]?.text ?? '';
      }
      given.push({ role: option.role, long: option.long, value, pointer: at });
    };
    if (word === '--' || word === '') continue;
    if (word.startsWith('--')) readLong(reading, word.slice(2), at, find, take);
    else if (word.startsWith('-') && word !== '-') readShort(reading, word.slice(1), at, find, take);
    else given.push({ role: 'url', long: 'url', value: word, pointer: at });
  }
  return given;
}

type Take = (option: CurlOption, attached: string | undefined) => void;

/** `--name`, `--no-name`, `--expand-name`, and `--name=value`, which cURL does not have and people write. */
function readLong(reading: Reading, word: string, pointer: string, find: FindOption, take: Take): void {
  const [name = ''] = word.split('=', 1);
  const attached = name.length < word.length ? word.slice(name.length + 1) : undefined;
  const expanded = name.startsWith('expand-') ? name.slice('expand-'.length) : name;
  const option = find.byLong(expanded);
  const isNegated = option === undefined && name.startsWith('no-') && find.byLong(name.slice(3)) !== undefined;
  if (option !== undefined) take(option, option.hasArgument ? attached : undefined);
  else if (!isNegated) reading.report('curl-option-unknown', pointer, { option: `--${name.slice(0, 100)}` });
}

/** Letters together; the first one that takes an argument takes the rest of the word, or the next one. */
function readShort(reading: Reading, letters: string, pointer: string, find: FindOption, take: Take): void {
  for (let index = 0; index < letters.length; index += 1) {
    const letter = letters[index] ?? '';
    const option = find.byShort(letter);
    if (option === undefined) {
      reading.report('curl-option-unknown', pointer, { option: `-${letter}` });
      return;
    }
    const rest = letters.slice(index + 1);
    take(option, option.hasArgument && rest !== '' ? rest : undefined);
    if (option.hasArgument) return;
  }
}
