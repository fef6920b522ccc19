import { whyNoRedis } from '@patchbay/dispatch/test-redis';
import { whyNoPostgres } from '@patchbay/store/test-postgres';
import { expect, it } from 'vitest';
import { survive } from './sleepers.ts';
import { freezeWorker, killWorker, loseStores } from './trials.ts';

const missing = whyNoPostgres() ?? whyNoRedis();
const options = { runs: 90, progress: () => undefined };
const good = {
  lost: [],
  incomplete: [],
  repeatedRecorded: [],
  repeatedSilently: [],
  staleRecords: 0,
  callbacksTwice: [],
  batches: { lostMessages: [], repeatedMessages: [] },
};

function onCluster(name: string, test: () => Promise<void>): void {
  if (missing === undefined) it(name, test);
  else it.skip(`${name} (${missing})`);
}

onCluster('takes over the runs of a worker that was killed', async () => {
  const { takeoversMs, heldByKilled, ...verdict } = await killWorker(options);
  expect(verdict).toMatchObject(good);
  expect({ accepted: verdict.accepted, takeovers: takeoversMs.length }).toEqual({
    accepted: 90,
    takeovers: heldByKilled,
  });
  expect(heldByKilled).toBeGreaterThan(0);
});

onCluster('refuses what a worker writes that was frozen and has lost its runs', async () => {
  const verdict = await freezeWorker({ ...options, frozenMs: 7_500 });
  expect(verdict).toMatchObject({ ...good, accepted: 90 });
  expect(verdict.heldByFrozen).toBeGreaterThan(0);
});

onCluster('would show stale records if there were no fence', async () => {
  const verdict = await freezeWorker({ ...options, frozenMs: 7_500, program: 'e2e/scale/without-fence.ts' });
  expect(verdict.staleRecords).toBeGreaterThan(0);
});

onCluster('loses nothing when Redis is wiped and killed and PostgreSQL started anew', async () => {
  expect(await loseStores(options)).toMatchObject(good);
});

onCluster('wakes what slept through a restart of everything', async () => {
  const report = await survive({ sleepers: 500, overMs: 2_000, spareMs: 9_000, progress: () => undefined });
  expect(report).toMatchObject({ finished: 500, wokenTwice: 0 });
});
