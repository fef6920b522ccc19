import fc from 'fast-check';
import { expect, it } from 'vitest';
import { FoldingAllowance } from './folding-allowance.ts';
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
  [
    "@add(1, concat('a', variables('n')))",
    [
      "argument-type: The template language function 'add' expects its second parameter to be an integer or a decimal number. 'concat' answers a value of type 'String'.",
    ],
  ],
  [
    '@if(length(triggerBody()), 1, 2)',
    [
      "argument-type: The template language function 'if' expects its first parameter to be of type boolean. 'length' answers a value of type 'Number'.",
    ],
  ],
  [
    "@and(true, 'yes')",
    [
      "argument-type: The template language function 'and' expects its second parameter to be of type boolean. The provided value is of type 'String'.",
    ],
  ],
  [
    "@greater(length(triggerBody()), '3')",
    [
      "argument-type: The template language function 'greater' expects two parameters of matching types, two numbers or two strings. It is given 'Number' and 'String'.",
    ],
  ],
  [
    '@less(triggerBody(), createArray(1))',
    [
      "argument-type: The template language function 'less' expects two parameters of matching types, two numbers or two strings. It is given a value and 'Array'.",
    ],
  ],
  ["@add(int('1'), if(true, 2, length('abc')))", []],
  ['@add(1, createArray(2)[0])', []],
  ["@length(if(empty(triggerBody()), '', createArray()))", []],
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
      result: 'String',
    },
  );
});

it.each([
  ["@concat('a')", 'String'],
  ['@{1} of @{2}', 'String'],
  ['@length(triggerBody())', 'Number'],
  ['@1.5', 'Number'],
  ['@null', 'Null'],
  ["@if(parameters('p'), 'a', string(1))", 'String'],
  ["@if(parameters('p'), 'a', 1)", undefined],
  ['@createArray(1)[0]', undefined],
  ['@triggerBody()', undefined],
])('knows the type of %s: %s', (template, type) => {
  expect(inspectTemplate(template).result).toBe(type);
});

it('says where the call stands that has a problem', () => {
  expect(inspectTemplate("Sum: @{add('1', 2)} of @{nothing()}").problems.map(({ offset }) => offset)).toEqual([7, 25]);
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

it('tries no more constants and looks for no more names when the templates of a document have used up what they share', () => {
  const folding = new FoldingAllowance();
  const said = (template: string): readonly string[] =>
    inspectTemplate(template, folding).problems.map(({ message }) => message);
  expect(said("@int('ten')")).toHaveLength(1);
  expect(said('@lenght(1)')).toEqual([expect.stringMatching(/Did you mean 'length'\?$/)]);
  for (let count = 0; count < 100; count += 1) expect(said('@range(1,16000)')).toEqual([]);
  expect(said("@int('ten')")).toEqual([]);
  expect(said('@lenght(1)')).toEqual(["The template function 'lenght' is not defined or not valid."]);
});
