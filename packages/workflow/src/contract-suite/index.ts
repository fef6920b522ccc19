export { batchStoreContract } from './batch-store-contract.ts';
export { clockContract } from './clock-contract.ts';
export { type DispatcherWorld, dispatcherContract, type OpenDispatchers } from './dispatcher-contract.ts';
export { invokerContract, type OpenInvoker } from './invoker-contract.ts';
export type { OpenRunStore } from './run-fixtures.ts';
export { runStoreContract } from './run-store-contract.ts';
export { scheduleStoreContract } from './schedule-store-contract.ts';
export { watchStoreContract } from './watch-store-contract.ts';
