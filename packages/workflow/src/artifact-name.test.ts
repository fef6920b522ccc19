import { expect, it } from 'vitest';
import { chooseArtifact } from './artifact-name.ts';

it.each([
  ['Order.xslt', ['Order.xslt'], 'Order.xslt'],
  ['ORDER.XSLT', ['Order.xslt'], 'Order.xslt'],
  ['Order', ['Order.xslt'], 'Order.xslt'],
  ['Order.xslt', ['Order'], 'Order'],
  ['Order.xslt', ['Order.liquid'], undefined],
  ['Order.xslt', ['Order', 'Order.xslt'], 'Order.xslt'],
  ['A.Daily.Statistics', ['A.Daily.Statistics.xsd'], 'A.Daily.Statistics.xsd'],
  ['A.Daily', ['A.Daily.Statistics.xsd'], undefined],
])('%s among %j means %s', (name, kept, expected) => {
  const artifacts = kept.map((one) => ({ name: one }));
  expect(chooseArtifact(artifacts, name)?.name).toBe(expected);
});
