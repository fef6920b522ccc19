import type { Value } from '@patchbay/expression';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TransformError } from '../errors.ts';
import { type LiquidRequest, renderLiquid } from './render-liquid.ts';

async function render(template: string, content: Value, change: Partial<LiquidRequest> = {}): Promise<Value> {
  try {
    return await renderLiquid({ from: 'json', to: 'text', content, template, templates: {}, ...change });
  } catch (error) {
    if (error instanceof TransformError) return `${error.code}: ${error.message}`;
    throw error;
  }
}

it.each<[string, string, Value, Value]>([
  ['content', '{{ content.a }}', { a: 1 }, '1'],
  [
    "filters in the platform's spelling",
    '{{ content.a | Upcase | Append: "!" }}{{ content.n | DividedBy: 2 }}',
    { a: 'x', n: 8 },
    'X!4',
  ],
  ["filters in Liquid's spelling", '{{ content.a | upcase }}', { a: 'x' }, 'X'],
  ['.NET dates', '{{ content.d | Date: "dd/MM/yyyy HH:mm" }}', { d: '2026-01-31T10:20:00Z' }, '31/01/2026 10:20'],
  ['dates of Liquid', '{{ content.d | Date: "%Y" }}', { d: '2026-01-31T10:20:00Z' }, '2026'],
  ['what is no date as it is', '{{ content.d | Date: "yyyy" }}', { d: 'soon' }, 'soon'],
  ['filters that there are not, by passing them over', '{{ content.a | Sparkle }}', { a: 'x' }, 'x'],
  [
    'no members of the language',
    '{{ content.constructor }}{{ content.__proto__ }}{{ content.a.prototype }}',
    { a: {} },
    '',
  ],
  [
    'no files',
    '{% include "/etc/hosts" %}',
    {},
    'TransformationFailed: The Liquid template failed: ENOENT: Failed to lookup "/etc/hosts" in ".", line:1, col:1',
  ],
  [
    'what is no template',
    '{% if %}',
    {},
    'ArtifactInvalid: The Liquid template cannot be used: invalid value expression: "", line:1, col:6',
  ],
  [
    'no endless loops',
    '{% for i in (1..1000000000) %}x{% endfor %}',
    {},
    'TransformationLimitExceeded: The Liquid template failed: memory alloc limit exceeded, line:1, col:1',
  ],
])('renders %s', async (_what, template, content, expected) => {
  expect(await render(template, content)).toEqual(expected);
});

it('reads JSON out of what it rendered, commas before brackets or not', async () => {
  const template = '{"list":[{% for i in content %}{"n":{{ i }},"t":",]"},{% endfor %}],}';
  expect(await render(template, [1, 2], { to: 'json' })).toEqual({
    list: [
      { n: 1, t: ',]' },
      { n: 2, t: ',]' },
    ],
  });
  expect(await render('nothing', null, { to: 'json' })).toBe(
    'TransformationFailed: What the Liquid template wrote is not JSON: Unexpected token \'o\', "nothing" is not valid JSON',
  );
});

it('reads XML as the platform makes JSON of it', async () => {
  const template = '{{ content | json }}';
  expect(await render(template, '<a k="1"><b>x</b><b/><c>t<d/></c></a>', { from: 'xml' })).toBe(
    '{"a":{"@k":"1","b":["x",null],"c":{"#text":"t","d":null}}}',
  );
  expect(await render(template, '<a>', { from: 'xml' })).toBe(
    'ContentInvalid: the content cannot be read as XML: 1:3: unclosed tag: a',
  );
});

it('renders or refuses any template, in its own words', async () => {
  const piece = fc.constantFrom(
    '{{',
    '}}',
    '{%',
    '%}',
    ' content',
    '.a',
    '| Upcase',
    ' for i in ',
    ' if ',
    'endif',
    'endfor',
    '"',
    "'",
    '(1..3)',
    ' assign x = ',
    '[0]',
    ' raw ',
    ' render "x" ',
    'é',
    '\n',
    ':',
    ',',
  );
  await fc.assert(
    fc.asyncProperty(fc.array(piece, { maxLength: 20 }), async (pieces) => {
      expect(await render(pieces.join(''), { a: [1, 'b'] })).toEqual(expect.any(String));
    }),
    { numRuns: 500, seed: 9 },
  );
});
