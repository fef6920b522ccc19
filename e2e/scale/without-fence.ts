import { createLogger, createPlatform, readConfiguration } from '@patchbay/server';
import { queryPostgres } from '@patchbay/store/test-postgres';
import type { RunStore } from '@patchbay/workflow';

/**
 * A worker that writes as if nobody else could own its runs: each append carries the newest epoch, whoever's it is. It is here to show that the
 * trial which finds no stale record with the fence would find some without.
 */
function withoutFence(runs: RunStore, url: string): RunStore {
  const newestEpoch = async (runId: string): Promise<number | undefined> => {
    const [row] = await queryPostgres(url, `select epoch from run where run_id = '${runId}'`);
    return row === undefined ? undefined : Number(row['epoch']);
  };
  return new Proxy(runs, {
    get(target, name: keyof RunStore) {
      if (name !== 'append') return target[name].bind(target);
      return async (...[lease, entries]: Parameters<RunStore['append']>) => {
        const epoch = entries[0]?.kind === 'run-started' ? undefined : await newestEpoch(lease.runId);
        return target.append({ ...lease, epoch: epoch ?? lease.epoch }, entries);
      };
    },
  });
}

const configuration = readConfiguration(process.env);
const platform = await createPlatform(configuration, createLogger(configuration.logLevel), {
  wrapRuns: (runs) => withoutFence(runs, configuration.databaseUrl ?? ''),
});
await platform.start();
console.log('A Patchbay worker is ready, without its fence');
