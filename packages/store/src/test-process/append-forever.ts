import { openStore } from '../open-store.ts';

/** Appends runs of three actions until it is killed, and prints the id of each once it is acknowledged. */
const [path = '', prefix = ''] = process.argv.slice(2);
const store = await openStore({ kind: 'sqlite', path });
const startTime = new Date().toISOString();

for (let index = 0; ; index += 1) {
  const runs = Array.from({ length: 5 }, (_, offset) => `${prefix}-${index}-${offset}`);
  await Promise.all(
    runs.map(async (runId) => {
      const lease = { runId, epoch: 1 };
      const trigger = { name: 'manual', status: 'Succeeded', startTime, endTime: startTime } as const;
      const run = {
        runId,
        flowId: 'f',
        flowRevision: 1,
        status: 'Running',
        startTime,
        trigger,
        clientTrackingId: runId,
      } as const;
      const record = (action: string, sequence: number) =>
        ({
          kind: 'action',
          record: { runId, action, iteration: '', sequence, status: 'Succeeded', startTime, trackingId: 't' },
        }) as const;
      await store.runs.append(lease, [
        { kind: 'run-started', run, owner: 'o', leaseUntilMs: 0 },
        record('A', 1),
        record('B', 2),
        record('C', 3),
      ]);
      process.stdout.write(`${runId}\n`);
    }),
  );
}
