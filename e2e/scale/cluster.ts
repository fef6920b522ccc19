import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startRedis, type TestRedis } from '@patchbay/dispatch/test-redis';
import { emptyDatabase, startPostgres, type TestPostgres } from '@patchbay/store/test-postgres';
import { callbackUrl, deployFlow, liftLimits } from '../platform/maker.ts';
import { freePort, type ServerProcess, startServerProcess } from '../platform/server-process.ts';
import { type SignedInClient, signInWithLink } from '../platform/signed-in-client.ts';
import { type Audit, startAudit } from './audit.ts';

/** One PostgreSQL, one Redis, a process that answers and workers by name, each a process of its own. */
export type Cluster = {
  readonly postgres: TestPostgres;
  readonly redis: TestRedis;
  readonly databaseUrl: string;
  readonly audit: Audit;
  readonly client: SignedInClient;
  readonly web: () => ServerProcess;
  readonly worker: (name: string) => ServerProcess;
  /** Starts the worker of this name, again when there was one before. */
  readonly startWorker: (name: string, program?: string) => Promise<ServerProcess>;
  /** Ends the process that answers, and starts it again by this program. */
  readonly replaceWeb: (program?: string) => Promise<void>;
  /** Kills every process and starts them again: web, workers, Redis and PostgreSQL. */
  readonly restartEverything: () => Promise<void>;
  /** Deploys a flow; the address that starts it. */
  readonly deploy: (name: string, definition: object) => Promise<string>;
  readonly dispose: () => Promise<void>;
};

/** `program`: what web and workers run at first, unless it is this version's server. */
export async function startCluster(workerNames: readonly string[], program?: string): Promise<Cluster> {
  const folder = await mkdtemp(join(tmpdir(), 'patchbay-scale-'));
  const postgres = await startPostgres();
  const redis = await startRedis();
  const url = await emptyDatabase(postgres.url);
  const port = await freePort();
  const examplePort = String(await freePort());
  const start = (name: string, roles: 'web' | 'worker', runs?: string): Promise<ServerProcess> =>
    startServerProcess({
      dataFolder: join(folder, name),
      ...(roles === 'web' && { port }),
      ...(runs !== undefined && { program: runs }),
      environment: {
        PATCHBAY_DATABASE_URL: `${url}?application_name=${name}`,
        PATCHBAY_REDIS_URL: redis.url,
        PATCHBAY_PUBLIC_URL: `http://127.0.0.1:${port}`,
        PATCHBAY_MASTER_KEY_FILE: join(folder, 'master.key'),
        PATCHBAY_ROLES: roles,
        PATCHBAY_SEED: 'environment',
        PATCHBAY_EXAMPLE_PORT: examplePort,
        PATCHBAY_LOG_LEVEL: 'error',
      },
    });
  let web = await start('web', 'web', program);
  const workers = new Map<string, ServerProcess>();
  const startWorker: Cluster['startWorker'] = async (name, runs) => {
    const worker = await start(name, 'worker', runs);
    workers.set(name, worker);
    return worker;
  };
  for (const name of workerNames) await startWorker(name, program);
  const client = await signInWithLink(web.signInLink());
  await liftLimits(client);
  const all = (): readonly ServerProcess[] => [web, ...workers.values()];
  return {
    postgres,
    databaseUrl: url,
    redis,
    audit: await startAudit(url),
    client,
    web: () => web,
    worker: (name) => {
      const worker = workers.get(name);
      if (worker === undefined) throw new Error(`there is no worker "${name}"`);
      return worker;
    },
    startWorker,
    replaceWeb: async (runs) => {
      await web.interrupt();
      web = await start('web', 'web', runs);
    },
    restartEverything: async () => {
      await Promise.all([...all().map((server) => server.kill()), redis.kill()]);
      postgres.restart();
      await redis.restart();
      web = await start('web', 'web');
      for (const name of workers.keys()) await startWorker(name);
    },
    deploy: async (name, definition) => callbackUrl(client, await deployFlow(client, name, definition), 'manual'),
    dispose: async () => {
      await Promise.all(all().map((server) => server.kill()));
      await redis.stop();
      postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
