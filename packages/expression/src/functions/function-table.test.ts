import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { ExpressionError } from '../errors.ts';
import { parseJson } from '../parse-json.ts';
import { scopeFromInputs } from '../scope-from-inputs.ts';
import { stringify } from '../values.ts';
import { functions } from './function-table.ts';

/**
 * One file a theme: `## name` and below it lines `expression => JSON` or `expression =! message`. They are read as exact JSON, so that
 * `5` is an integer and `5.0` a float.
 */
const folder = join(import.meta.dirname, '..', 'function-cases');
const inputs = parseJson(readFileSync(join(folder, 'inputs.json'), 'utf8'));

type Case = { readonly name: string; readonly expression: string; readonly expected: string };

function readCases(file: string): readonly Case[] {
  let name = '';
  return readFileSync(join(folder, file), 'utf8')
    .split('\n')
    .flatMap((line) => {
      if (line.startsWith('## ')) name = line.slice(3);
      const at = line.search(/ =[>!] /);
      return at === -1 ? [] : [{ name, expression: line.slice(0, at), expected: line.slice(at + 1) }];
    });
}

function evaluate(expression: string, foldsConstants: boolean): string {
  try {
    // Exact JSON is a scope's input as well.
    return `=> ${stringify(compile(`@${expression}`, { foldsConstants })(scopeFromInputs(inputs as never)))}`;
  } catch (error) {
    if (error instanceof ExpressionError) return `=! ${error.message}`;
    throw error;
  }
}

const cases = readdirSync(folder)
  .filter((file) => file.endsWith('.txt'))
  .flatMap(readCases);

it.each(cases)('$expression $expected', ({ expression, expected }) => {
  expect([evaluate(expression, true), evaluate(expression, false)]).toEqual([expected, expected]);
});

it('has at least four cases of every function, one of them an error', () => {
  const poor = functions
    .map(({ name }) => ({ name, own: cases.filter((one) => one.name.toLowerCase() === name.toLowerCase()) }))
    .filter(({ own }) => own.length < 4 || !own.some(({ expected }) => expected.startsWith('=!')))
    .map(({ name }) => name);
  expect(poor).toEqual([]);
});
