import { spawnSync } from 'node:child_process';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitPosix } from './split-posix.ts';
import { splitWindows } from './split-windows.ts';

const words = (text: string): readonly (readonly string[])[] =>
  splitPosix(text).commands.map((command) => command.words.map((word) => word.text));

const hasBash = spawnSync('bash', ['--version']).status === 0;

it.skipIf(!hasBash).each([
  `a 'b c' "d e" f\\ g`,
  `'it'\\''s' "it's" 'say "hi"'`,
  `"a\\"b\\\\c\\d\\\`e"`,
  `"two\\
lines" three\\
four \\
five`,
  `$'tab\\there\\nline \\x41\\u00e9\\101 it\\'s \\\\ \\q'`,
  `a#b #c d`,
  `'' "" x`,
  `--data '{"a": "b\\nc"}' -H "X: y"`,
  `a=b'c'"d"e`,
  `'multi
line'`,
])('splits words as Bash does: %j (needs Bash)', (text) => {
  const { stdout } = spawnSync('bash', ['-c', `printf '%s\\0' ${text}`], { encoding: 'utf8' });
  expect(words(text)).toEqual([stdout.split('\0').slice(0, -1)]);
});

it.each<[string, string, readonly (readonly string[])[]]>([
  ['several commands', 'a 1 && b 2; c 3 | d\n# note\ne &', [['a', '1'], ['b', '2'], ['c', '3'], ['d'], ['e']]],
  ['an address without quotes', 'curl https://x.test/?a=1&b=2;c=3 -i', [['curl', 'https://x.test/?a=1&b=2;c=3', '-i']]],
  ['places to fill in', 'curl https://x.test/<id>/y', [['curl', 'https://x.test/<id>/y']]],
  ['redirections', 'curl x > out.txt 2>/dev/null < in.txt', [['curl', 'x']]],
  [
    'variables',
    `curl "$BASE/\${PATH_PART}/$1" \${TOKEN:-none} '$NOT'`,
    [['curl', '{{BASE}}/{{PATH_PART}}/{{1}}', 'none', '$NOT']],
  ],
  ['what other commands print', 'curl "$(cat $(pwd)/a)" `date`', [['curl', '{{command}}', '{{command}}']]],
  [
    'a prompt',
    '$ curl x\n$ curl y',
    [
      ['curl', 'x'],
      ['curl', 'y'],
    ],
  ],
  ['blanks behind a backslash', 'curl \\  \n x', [['curl', 'x']]],
  ['PowerShell', 'curl.exe `\r\n x', [['curl.exe', 'x']]],
])('splits %s', (_, text, expected) => {
  expect(words(text)).toEqual(expected);
});

it('gives a command its input and the comment above it', () => {
  const { commands } = splitPosix('# Send it\ncurl -d @- x <<EOF\n{"a": 1}\n\nEOF\ncurl y');
  expect(commands).toEqual([
    {
      comment: 'Send it',
      input: '{"a": 1}\n',
      words: [
        { text: 'curl', offset: 10 },
        { text: '-d', offset: 15 },
        { text: '@-', offset: 18 },
        { text: 'x', offset: 21 },
      ],
    },
    {
      comment: '',
      words: [
        { text: 'curl', offset: 43 },
        { text: 'y', offset: 48 },
      ],
    },
  ]);
});

it.each(['"a', "a 'b", "$'c", 'd "$('])('says where a quote begins that never ends: %j', (text) => {
  const { openQuote } = splitPosix(text);
  expect(openQuote).toBe(text.search(/["'$]/));
});

it('gives back whatever was quoted, however it was quoted', () => {
  const quoted = fc.string({ unit: 'grapheme' }).map((text) => text.replaceAll('\0', ''));
  const styles: readonly ((text: string) => string)[] = [
    (text) => `'${text.replaceAll("'", `'\\''`)}'`,
    (text) => `"${text.replace(/["$`\\]/g, (character) => `\\${character}`)}"`,
    (text) => `$'${text.replace(/['\\]/g, (character) => `\\${character}`).replaceAll('\n', '\\n')}'`,
  ];
  fc.assert(
    fc.property(fc.array(fc.tuple(quoted, fc.constantFrom(...styles)), { minLength: 1 }), (parts) => {
      const line = parts.map(([text, quote]) => quote(text)).join(' ');
      expect(words(line)).toEqual([parts.map(([text]) => text)]);
    }),
    { seed: 7, numRuns: 500 },
  );
});

it.each<[string, string, readonly string[]]>([
  [
    'lines that go on',
    'curl "https://x.test/?a=1&b=2" ^\r\n  -H "a: b"',
    ['curl', 'https://x.test/?a=1&b=2', '-H', 'a: b'],
  ],
  [
    'what Chrome copies',
    'curl ^"https://x.test/?a=1^&b=2^" ^\n  --data-raw ^"^{^\\^"a^\\^":^\\^"b^%^20c^\\^"^}^"',
    ['curl', 'https://x.test/?a=1&b=2', '--data-raw', '{"a":"b%20c"}'],
  ],
  ['line breaks in quotes', 'curl ^"a^\n\nb^"', ['curl', 'a\nb']],
  ['backslashes and doubled quotes', 'curl ^"c:\\\\x\\^"^" "a""b" d\\e', ['curl', 'c:\\\\x"', 'a"b', 'd\\e']],
])('splits for the command prompt of Windows: %s', (_, text, expected) => {
  expect(splitWindows(text).commands.map((command) => command.words.map((word) => word.text))).toEqual([expected]);
});
