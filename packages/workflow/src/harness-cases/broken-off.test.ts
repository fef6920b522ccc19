import { expect, it } from 'vitest';
import { isObject } from '../plan/json.ts';
import { breakOff } from './broken-off-case.ts';
import { type HarnessCase, listCases, readCase } from './harness-case.ts';

/** Those of one run whose outside world answers the same to whoever asks, as often as it is asked. */
const cases = listCases(import.meta.dirname).filter((file) => isRepeatable(readCase(file)));

it.each(cases)('comes to the same end wherever it is broken off: $name', async (file) => {
  const run = await breakOff(readCase(file));
  for (const count of places(run.appends)) {
    expect({ count, report: await run.after(count) }).toEqual({ count, report: run.whole });
  }
});

function isRepeatable({
  flow,
  mocks,
  upstream = {},
  callbacks,
  flows,
  artifacts,
  life,
  expected,
}: HarnessCase): boolean {
  const isSteady = Object.values(upstream).every(([answer, next]) => {
    if (answer === undefined || next !== undefined || 'error' in answer || answer.afterMs !== undefined) return false;
    return answer.statusCode >= 200 && answer.statusCode < 300 && answer.statusCode !== 202;
  });
  const isOneRun = isObject(expected) && expected['refused'] === undefined && expected['runs'] === undefined;
  const isKept = !isObject(flow) || flow['kind'] !== 'Stateless';
  return (
    isSteady && isOneRun && isKept && [mocks, callbacks, flows, artifacts, life].every((part) => part === undefined)
  );
}

/** After the first append and before the last; not more than forty of them. */
function places(appends: number): readonly number[] {
  const step = Math.max(1, Math.ceil((appends - 1) / 40));
  return Array.from({ length: Math.ceil((appends - 1) / step) }, (_, index) => 1 + index * step);
}
