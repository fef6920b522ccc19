import { expect, it } from 'vitest';
import { readFlowText } from './read-flow-text.ts';

const definition = {
  triggers: {},
  actions: {
    A: { type: 'OpenApiConnection', inputs: { host: { connectionName: 'library', operationId: 'X' } } },
    B: { actions: { C: { inputs: { host: { connectionName: 'library' } } } } },
  },
};

it('finds the definition in each of its wrappings, and the connections it names', () => {
  const expected = { kind: 'flow', definition, displayName: 'New flow', references: ['library'] };
  expect(readFlowText(JSON.stringify(definition))).toEqual(expected);
  expect(readFlowText(JSON.stringify({ definition }))).toEqual(expected);
  expect(readFlowText(JSON.stringify({ properties: { definition, displayName: 'F' } }))).toEqual({
    ...expected,
    displayName: 'F',
  });
});

it('says what is not a flow', () => {
  expect(readFlowText('  ')).toEqual({ kind: 'none' });
  expect(readFlowText('{').kind).toBe('invalid');
  expect(readFlowText('{"a":1}')).toEqual({
    kind: 'invalid',
    message: 'This is JSON, but it holds no definition with triggers and actions.',
  });
});
