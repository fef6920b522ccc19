import { expect, it } from 'vitest';
import type { Operation } from '../api/connectors.ts';
import { exampleArguments, readArguments } from './arguments.ts';

it('reads an object, and says what else is wrong', () => {
  expect(readArguments('')).toEqual({ kind: 'valid', value: {} });
  expect(readArguments('{"id": 1}')).toEqual({ kind: 'valid', value: { id: 1 } });
  expect(readArguments('[1]')).toEqual({ kind: 'invalid', message: 'Write an object, such as {"id": 1}.' });
  expect(readArguments('{').kind).toBe('invalid');
});

it('starts with what is required', () => {
  const parameter = { in: 'query', summary: '', description: '', visibility: 'normal' };
  const operation = {
    parameters: [
      { ...parameter, name: 'id', required: true, type: 'integer' },
      { ...parameter, name: 'kind', required: true, type: 'string', enum: ['a'] },
      { ...parameter, name: 'version', required: true, type: 'string', default: 'v2', visibility: 'internal' },
      { ...parameter, name: 'page', required: false, type: 'integer' },
    ],
  } as unknown as Operation;
  expect(JSON.parse(exampleArguments(operation))).toEqual({ id: 0, kind: 'a' });
});
