import { batchStoreContract } from '../contract-suite/batch-store-contract.ts';
import { runStoreContract } from '../contract-suite/run-store-contract.ts';
import { scheduleStoreContract } from '../contract-suite/schedule-store-contract.ts';
import { watchStoreContract } from '../contract-suite/watch-store-contract.ts';
import { createMemoryBatchStore } from './memory-batch-store.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { createMemoryScheduleStore } from './memory-schedule-store.ts';
import { createMemoryWatchStore } from './memory-watch-store.ts';

const close = async (): Promise<void> => undefined;

runStoreContract('memory', async (clock) => ({ store: createMemoryRunStore(clock), close }));
scheduleStoreContract('memory', async () => ({ store: createMemoryScheduleStore(), close }));
batchStoreContract('memory', async () => ({ store: createMemoryBatchStore(), close }));
watchStoreContract('memory', async () => ({ store: createMemoryWatchStore(), close }));
