import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { compile } from '../compile.ts';
import { ExpressionError } from '../errors.ts';
import { inspectTemplate } from '../inspect-template.ts';
import { parseJson } from '../parse-json.ts';
import { scopeFromInputs } from '../scope-from-inputs.ts';
import { stringify } from '../values.ts';
import { functions } from './function-table.ts';
import { resultTypes } from './result-types.ts';

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

const answered = cases.filter(({ expected }) => expected.startsWith('=> '));

it('finds nothing wrong with what can be evaluated', () => {
  // Lazy functions guard a division by zero that nobody evaluates, and that always fails.
  const wrong = answered.filter(
    ({ expression }) => !expression.includes('div(1, 0)') && inspectTemplate(`@${expression}`).problems.length > 0,
  );
  expect(wrong).toEqual([]);
});

function typeOfJson(text: string): string {
  const value = JSON.parse(text) as unknown;
  if (value === null) return 'Null';
  if (Array.isArray(value)) return 'Array';
  const name = typeof value;
  return `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}

it('knows of functions only the types that they answer', () => {
  const names = new Set(functions.map(({ name }) => name));
  expect(Object.values(resultTypes).flatMap((list) => list.filter((name) => !names.has(name)))).toEqual([]);
  const wrong = answered.filter(({ expression, expected }) => {
    const { result } = inspectTemplate(`@${expression}`);
    return result !== undefined && result !== typeOfJson(expected.slice(3));
  });
  expect(wrong).toEqual([]);
});
