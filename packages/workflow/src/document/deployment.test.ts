import { expect, it } from 'vitest';
import type { Dialect } from '../dialect/dialect.ts';
import { findDialect } from '../dialect/find-dialect.ts';
import { deploymentOf, flowOfDeployment } from './deployment.ts';
import { flowDifferences } from './flow-difference.ts';
import type { FlowDocument } from './flow-document.ts';

const flow: FlowDocument = {
  name: 'Orders',
  definition: { triggers: { manual: { type: 'Request' } }, actions: {}, metadata: { note: 1 } },
  parameters: { a: { value: 1 } },
  connections: {
    mail: {
      kind: 'managedApi',
      api: '/m/managedApis/mail',
      connection: 'mail-1',
      source: 'invoker',
      further: { x: 1 },
    },
  },
  environmentVariables: [],
  appSettings: {},
  place: { file: '', pointer: '' },
};

const kinds: { readonly [dialect in Dialect]: { readonly kind?: string } } = {
  consumption: {},
  standard: { kind: 'Stateful' },
  standardStateless: { kind: 'Stateless' },
  powerAutomate: {},
};

it.each(Object.keys(kinds) as readonly Dialect[])('deploys a flow of %s so that its definition tells', (dialect) => {
  const written = { ...flow, ...kinds[dialect], dialect };
  const deployment = deploymentOf(written);
  expect(findDialect(deployment.definition) ?? 'consumption').toBe(dialect);
  const back = flowOfDeployment(deployment, '4f0f6e6c-1111-4222-8333-444455556666');
  expect(back && [back.id, flowDifferences(written, back)]).toEqual(['4f0f6e6c-1111-4222-8333-444455556666', []]);
});

it('leaves a definition as it is that tells already', () => {
  expect(deploymentOf(flow).definition).toEqual(flow.definition);
});
