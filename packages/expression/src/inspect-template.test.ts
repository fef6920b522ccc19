import fc from 'fast-check';
import { expect, it } from 'vitest';
import { inspectTemplate } from './inspect-template.ts';

const problems = (template: string): readonly string[] =>
  inspectTemplate(template).problems.map(({ reason, message }) => `${reason}: ${message}`);

it.each<[string, readonly string[]]>([
  ['plain text', []],
  ['ada@example.com', []],
  ["@concat('a', string(1))", []],
  [
    "@first('a', 'b')",
    ["argument-count: The template language function 'first' expects one parameter, and was given 2."],
  ],
  [
    "@{concatt('a')} and @{lenght('b')}",
    [
      "function-unknown: The template function 'concatt' is not defined or not valid. Did you mean 'concat'?",
      "function-unknown: The template function 'lenght' is not defined or not valid. Did you mean 'length'?",
    ],
  ],
  [
    "@add('1', variables('n'))",
    [
      "argument-type: The template language function 'add' expects its first parameter to be an integer or a decimal number. The provided value is of type 'String'.",
    ],
  ],
  ["@concat('a'", [expect.stringMatching(/^syntax: /) as string]],
  ["@int('ten')", [expect.stringMatching(/^argument-invalid: /) as string]],
  ["@if(parameters('p'), int('7'), 0)", []],
  ['@utcNow()', []],
  ["@agentParameters('x')", []],
])('says what is wrong with %s', (template, expected) => {
  expect(problems(template)).toEqual(expected);
});

it('says which names and functions a template uses, wherever they stand', () => {
  expect(inspectTemplate("@{body('A')?[variables('key')]} of @{items('Each')?['x']} @{body(concat('A','B'))}")).toEqual(
    {
      references: [
        { kind: 'action', name: 'A' },
        { kind: 'variable', name: 'key' },
        { kind: 'loop', name: 'Each' },
        { kind: 'action' },
      ],
      functions: new Set(['body', 'variables', 'items', 'concat']),
      problems: [],
    },
  );
});

it('is bounded by what a definition may take, however much a constant call would make', () => {
  expect(problems(`@createArray(${Array.from({ length: 300 }, () => 'range(1,100000)').join(',')})`)).toEqual([]);
});

it('never throws on any text', () => {
  const word = fc.constantFrom('@', '@{', '}', '(', ')', "'", ',', 'concat', 'body', 'x', '1', '?', '[', ']', '.', ' ');
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(word, { maxLength: 40 }).map((words) => words.join('')),
      ),
      (text) => {
        inspectTemplate(`@${text}`);
        return Array.isArray(inspectTemplate(text).problems);
      },
    ),
    { seed: 20261125, numRuns: 2000 },
  );
});
