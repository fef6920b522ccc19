import type { JsonValue } from '@patchbay/expression';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { escapeTemplate } from './escape-template.ts';
import { parseTemplateExpression } from './parse-template-expression.ts';
import { TemplateScope } from './template-scope.ts';

const place = { subscriptionId: 'sub', resourceGroup: 'group', location: 'north' };

const template: JsonValue = {
  parameters: {
    name: { type: 'string', defaultValue: 'Orders' },
    list: { type: 'array', defaultValue: ['a', 'b'] },
    none: { type: 'string' },
    nested: { type: 'string', defaultValue: "[concat(parameters('name'), '-x')]" },
  },
  variables: {
    full: "[concat(parameters('name'), '-', resourceGroup().location)]",
    deep: { inner: [{ 'a key': "[variables('full')]" }] },
    loop: "[variables('loop')]",
    lost: "[parameters('none')]",
  },
};

/** The value, or why there is none. */
function resolved(text: string, given: { readonly [name: string]: JsonValue } = {}): JsonValue {
  let reason: string | undefined;
  const value = new TemplateScope(template, given, place).resolve(text, '', (_pointer, _text, why) => {
    reason = why;
  });
  return reason === undefined ? value : { unresolved: reason };
}

const values: readonly (readonly [string, JsonValue])[] = [
  ["[parameters('name')]", 'Orders'],
  ["[PARAMETERS('Name')]", 'Orders'],
  ["[parameters('nested')]", 'Orders-x'],
  ["[variables('full')]", 'Orders-north'],
  ["[variables('deep').inner[0]['a key']]", 'Orders-north'],
  ["[concat(parameters('list'), createArray('c'))]", ['a', 'b', 'c']],
  ["[concat('it''s ', 1, ' ', true())]", "it's 1 True"],
  ["[format('{0}-{1}{{}}', parameters('name'), 2)]", 'Orders-2{}'],
  ["[if(equals(parameters('name'), 'Orders'), 'yes', parameters('none'))]", 'yes'],
  ["[coalesce(null(), 'x')]", 'x'],
  ["[toLower(replace(parameters('name'), 'Ord', 'B'))]", 'bers'],
  ["[last(split('a/b-c', createArray('/', '-')))]", 'c'],
  ["[substring('abcdef', 2, 3)]", 'cde'],
  ["[length(parameters('list'))]", 2],
  ["[contains(parameters('list'), 'b')]", true],
  ["[union(createObject('a', 1), createObject('b', 2)).b]", 2],
  ['[json(\'{"a": [1]}\').a[0]]', 1],
  ['[resourceGroup().name]', 'group'],
  ['[subscription().subscriptionId]', 'sub'],
  [
    "[resourceId('Microsoft.Web/connections', 'sql')]",
    '/subscriptions/sub/resourceGroups/group/providers/Microsoft.Web/connections/sql',
  ],
  ["[resourceId('other', 'A.B/c/d', 'x', 'y')]", '/subscriptions/sub/resourceGroups/other/providers/A.B/c/x/d/y'],
  [
    "[subscriptionResourceId('Microsoft.Web/locations/managedApis', resourceGroup().location, 'sql')]",
    '/subscriptions/sub/providers/Microsoft.Web/locations/north/managedApis/sql',
  ],
  ["[base64ToJson('eyJhIjoxfQ==')]", { a: 1 }],
  ["[dataUriToString(dataUri('Grüße'))]", 'Grüße'],
  ["[dataUriToString('data:,a%20b')]", 'a b'],
  ["[float('1.5')]", 1.5],
  ["[lastIndexOf('abcABC', 'b')]", 4],
  ["[padLeft(7, 3, '0')]", '007'],
  ["[uriComponent('a b(c)!')]", 'a%20b%28c%29%21'],
  ['[flatten(createArray(createArray(1), createArray(2, 3)))]', [1, 2, 3]],
  ["[indexFromEnd(parameters('list'), 1)]", 'b'],
  ["[intersection(createArray('a', 'b', 'c'), parameters('list'))]", ['a', 'b']],
  ["[intersection(createObject('a', 1, 'b', 2), createObject('a', 1, 'b', 3))]", { a: 1 }],
  [
    "[items(createObject('b', 1, 'a', 2))]",
    [
      { key: 'a', value: 2 },
      { key: 'b', value: 1 },
    ],
  ],
  ["[objectKeys(createObject('b', 1, 'a', 2))]", ['b', 'a']],
  ['[range(2, 3)]', [2, 3, 4]],
  ["[shallowMerge(createArray(createObject('a', 1), createObject('a', 2, 'b', 3)))]", { a: 2, b: 3 }],
  ["[tryGet(createObject('a', createArray(1, 2)), 'a', 1)]", 2],
  ["[tryGet(createObject('a', 1), 'b', 'c')]", null],
  ['no expression', 'no expression'],
  ['[[an escape]', '[an escape]'],
  ['[not closed', '[not closed'],
  ['[[not closed', '[[not closed'],
  ["[reference('x').id]", { unresolved: 'reference() has no value before the template is deployed' }],
  ["[parameters('none')]", { unresolved: 'the parameter "none" has no value' }],
  ["[parameters('missing')]", { unresolved: 'the parameter "missing" has no value' }],
  ["[variables('loop')]", { unresolved: 'the variable "loop" refers to itself' }],
  ["[variables('lost')]", { unresolved: 'the parameter "none" has no value' }],
  ["[parameters('list').x]", { unresolved: 'there is no "x" in what it selects from' }],
  ["[uri('no address', 'x')]", { unresolved: 'uri() does not take what it is given' }],
  ['[range(0, 20000)]', { unresolved: 'range() takes two numbers, the second from 0 to 10000' }],
  ["[flatten('x')]", { unresolved: 'an argument that should be a list is none' }],
  ["[indexFromEnd(parameters('list'), 3)]", { unresolved: 'the list has no such item' }],
  ["[padLeft('x', 30000000)]", { unresolved: 'the text that it makes is too long' }],
  ["[base64ToJson('bm8=')]", { unresolved: 'a text that should be JSON is none' }],
  ['[]', { unresolved: 'it is no expression that can be read' }],
  ["[concat('a') b]", { unresolved: 'it is no expression that can be read' }],
];

it.each(values)('resolves %s', (text, value) => {
  expect(resolved(text)).toEqual(value);
});

it('takes values that are given before defaults', () => {
  expect(resolved("[parameters('name')]", { NAME: 'Given' })).toBe('Given');
});

it('leaves what cannot be resolved, and says where it stands', () => {
  const found: string[] = [];
  const source = { a: ['[newGuid()]', "[parameters('name')]"], 'b/c': "[guid('x')]" };
  const value = new TemplateScope(template, {}, place).resolve(source, '/at', (pointer, text) => {
    found.push(`${pointer} ${text}`);
  });
  expect([value, found]).toEqual([
    { a: ['[newGuid()]', 'Orders'], 'b/c': "[guid('x')]" },
    ['/at/a/0 [newGuid()]', "/at/b~1c [guid('x')]"],
  ]);
});

it('bounds what variables make of one another', () => {
  const variables: { [name: string]: JsonValue } = { v0: 'x'.repeat(1_000) };
  for (let step = 1; step < 60; step++) {
    variables[`v${step}`] = `[concat(variables('v${step - 1}'), variables('v${step - 1}'))]`;
    variables[`o${step}`] = {
      a: `[variables('${step === 1 ? 'v0' : `o${step - 1}`}')]`,
      b: `[variables('${step === 1 ? 'v0' : `o${step - 1}`}')]`,
    };
  }
  for (const name of ['v59', 'o59']) {
    let reason = '';
    new TemplateScope({ variables }, {}, place).resolve(`[variables('${name}')]`, '', (_pointer, _text, why) => {
      reason = why;
    });
    expect(reason).toBe('the expressions of the template make too much');
  }
});

it.each([
  ["[replace(parameters('long'), 'x', parameters('long'))]"],
  ["[join(split(parameters('long'), 'x'), parameters('long'))]"],
  ["[format(parameters('braces'), parameters('long'))]"],
])('bounds the text of %s', (text) => {
  expect(resolved(text, { long: 'x'.repeat(200_000), braces: '{0}'.repeat(10_000) })).toEqual({
    unresolved: 'the text that it makes is too long',
  });
});

it('reads back every value that it has escaped', () => {
  const bracket = fc.constantFrom('[', '[[', ']', '[x]', "[parameters('name')]", '[[[a]', 'x');
  const text = fc.oneof(
    fc.string(),
    fc.array(bracket, { maxLength: 4 }).map((parts) => parts.join('')),
  );
  const value = fc.letrec((tie) => ({
    any: fc.oneof(
      { maxDepth: 4 },
      text,
      fc.double(),
      fc.boolean(),
      fc.constant(null),
      fc.array(tie('any')),
      fc.dictionary(text, tie('any')),
    ),
  })).any as fc.Arbitrary<JsonValue>;
  fc.assert(
    fc.property(value, (source) => {
      const read = new TemplateScope({}, {}, place).resolve(escapeTemplate(source), '', () => {
        throw new Error('taken for an expression');
      });
      expect(read).toEqual(source);
    }),
    { seed: 11, numRuns: 500 },
  );
});

it('parses any text without failing', () => {
  const part = fc.constantFrom('(', ')', '[', ']', "'", ',', '.', 'concat', 'parameters', '1', '-', ' ', 'x', '\u0000');
  fc.assert(
    fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
      parseTemplateExpression(parts.join(''));
      resolved(`[${parts.join('')}]`);
    }),
    { seed: 12, numRuns: 2_000 },
  );
  expect(parseTemplateExpression(`${'f('.repeat(100_000)}1${')'.repeat(100_000)}`)).toBeUndefined();
  expect(parseTemplateExpression(`f()${'.x'.repeat(100_000)}`)).toBeUndefined();
});
