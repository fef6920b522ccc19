import { expect, it } from 'vitest';
import type { ApiFinding } from '../api/request.ts';
import { textParts } from './text-parts.ts';

function at(line: number | undefined, message: string): ApiFinding {
  return { code: 'x', severity: 'error', message, pointer: '', ...(line !== undefined && { line, column: 1 }) };
}

it('cuts a text after each line that is spoken of', () => {
  const parts = textParts('a\nb\nc\nd', [at(3, 'third'), at(1, 'first'), at(3, 'third again')]);
  expect(parts.map(({ lines, findings }) => [lines, findings.map(({ message }) => message)])).toEqual([
    ['a\n', ['first']],
    ['b\nc\n', ['third', 'third again']],
    ['d\n', []],
  ]);
});

it('puts what has no line on the first one, and what is past the end on the last', () => {
  const parts = textParts('a\nb', [at(undefined, 'somewhere'), at(9, 'far')]);
  expect(parts.map(({ lines, findings }) => [lines, findings.map(({ message }) => message)])).toEqual([
    ['a\n', ['somewhere']],
    ['b\n', ['far']],
  ]);
});

it('leaves a text whole that nothing is said about', () => {
  expect(textParts('a\nb', [])).toEqual([{ line: 2, lines: 'a\nb\n', findings: [] }]);
});
