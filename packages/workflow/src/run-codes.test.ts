import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { runCodes } from './run-codes.ts';

/** Codes by which triggers say why they did not fire, ports why they refused, and callers hear that they wait in vain: of no run. */
const ofNoRun = ['ConditionNotMet', 'NothingToSplit', 'Duplicate', 'TooManyRuns', 'InvalidInput', 'GatewayTimeout'];
/** The reason of the status that an attempt is recorded with when it timed out. */
const ofStatuses = ['RequestTimeout'];
const written = /(?:\bcode(?:: | = )|new ActionFailure\(\s*|new InvocationError\(\s*)'([A-Z][a-z]+(?:[A-Z][a-z]+)*)'/g;

it('says of every code that the engine writes into a history what it means, and of no other', () => {
  const sources = globSync('{actions,engine,plan,run,triggers}/**/*.ts', { cwd: import.meta.dirname })
    .filter((file) => !file.endsWith('.test.ts'))
    .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8'));
  const codes = new Set(sources.flatMap((source) => [...source.matchAll(written)].map(([, code = '']) => code)));
  const described = new Set([...Object.keys(runCodes), ...ofNoRun, ...ofStatuses]);
  expect([...codes.difference(described)]).toEqual([]);
  const unused = Object.keys(runCodes).filter((code) => !sources.some((source) => source.includes(`'${code}'`)));
  expect(unused).toEqual([]);
});
