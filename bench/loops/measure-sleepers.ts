import { DatabaseSync } from 'node:sqlite';
import { percentile } from '../measure.ts';
import { watchEventLoop } from '../watch-event-loop.ts';
import { openBenchEngine } from './bench-engine.ts';
import { sleepingFlow } from './loop-flows.ts';
import { type MemoryGrowth, watchMemory } from './peak-memory.ts';

/** Runs that sleep, and wake evenly over a time that begins at `fromMs` (milliseconds since the epoch). */
export type SleepersRequest = {
  readonly path: string;
  readonly count: number;
  readonly fromMs: number;
  readonly spreadMs: number;
};

export type SleepersResult = MemoryGrowth & {
  /** Resident set while all of them sleep, beyond that before the engine began, in MB. */
  readonly asleepMb: number;
  /** How long after its time a run has ended that does one thing after waking. */
  readonly lateP50Ms: number;
  readonly lateP99Ms: number;
  readonly lateMostMs: number;
  readonly cpuMsPerRun: number;
  readonly blocksMs: readonly number[];
};

const startedAtATime = 200;

/** Starts the runs in this process, and leaves them asleep. */
export async function putToSleep({ path, count, fromMs, spreadMs }: SleepersRequest): Promise<void> {
  const { run, close } = await openBenchEngine(path, sleepingFlow);
  for (let first = 0; first < count; first += startedAtATime) {
    const some = Array.from({ length: Math.min(startedAtATime, count - first) }, (_, index) =>
      run({ until: new Date(fromMs + ((first + index) / count) * spreadMs).toISOString() }),
    );
    await Promise.all(some);
  }
  await close();
}

/** Opens them in another process, which holds them until all have ended. */
export async function measureSleepers({ path, count, fromMs, spreadMs }: SleepersRequest): Promise<SleepersResult> {
  const { engine, close } = await openBenchEngine(path, sleepingFlow);
  const takeBlocks = watchEventLoop();
  const memory = await watchMemory();
  const cpuBefore = process.cpuUsage();
  const lateMs = Date.now() - fromMs;
  if (lateMs > 0) throw new Error(`the engine started ${lateMs} ms after the first run should have woken`);
  await engine.start();
  takeBlocks();
  await new Promise((wake) => setTimeout(wake, fromMs - 100 - Date.now()));
  const asleepMb = memory.growthMb();
  await new Promise((wake) => setTimeout(wake, fromMs + spreadMs - Date.now()));
  const reader = new DatabaseSync(path, { readOnly: true });
  const left = reader.prepare("select 1 from run where status in ('Running', 'Waiting') limit 1");
  while (left.get() !== undefined) await new Promise((wake) => setTimeout(wake, 50));
  const cpu = process.cpuUsage(cpuBefore);
  const blocksMs = takeBlocks();
  const growth = await memory.end();
  await close();
  const lates = new Float64Array(count);
  const rows = reader
    .prepare("select end_time, trigger ->> '$.outputs' ->> '$.body.until' as until from run")
    .iterate();
  let index = 0;
  for (const row of rows) lates[index++] = Date.parse(String(row['end_time'])) - Date.parse(String(row['until']));
  reader.close();
  if (index !== count) throw new Error(`there are ${index} runs and not ${count}`);
  lates.sort();
  return {
    asleepMb,
    lateP50Ms: percentile(lates, 0.5),
    lateP99Ms: percentile(lates, 0.99),
    lateMostMs: lates.at(-1) ?? Number.NaN,
    cpuMsPerRun: (cpu.user + cpu.system) / 1000 / count,
    blocksMs,
    ...growth,
  };
}
